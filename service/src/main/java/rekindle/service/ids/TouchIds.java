package rekindle.service.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Touch;
import rekindle.service.hash.Sha256;

/**
 * The id of the one open touch of a person, sequence and step. It follows from the facts alone, so
 * that asking again gives the same id on every process without a row being reserved: once a touch
 * of the step counts in the facts, the next one gets another id. A UUID of version 8 (RFC 9562,
 * section 5.8).
 */
public final class TouchIds {
  private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
  private static final long VERSION = 0x8000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TouchIds() {}

  /** The id of the touch that was decided; null if there is none. */
  public static @Nullable String of(ContactFacts facts, Decision decision) {
    PlannedTouch touch = decision.touch();
    if (touch == null) {
      return null;
    }
    long earlier =
        facts.touches().stream().filter(before -> isOf(before, touch)).map(Touch::at).count();
    String person = decision.personId() == null ? decision.contactId() : decision.personId();
    String name =
        String.join(
            "\n", "touch", person, touch.sequence(), touch.step() + "", Long.toString(earlier));
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    return new UUID(
            (hash.getLong() & VERSION_MASK) | VERSION, (hash.getLong() & VARIANT_MASK) | VARIANT)
        .toString();
  }

  private static boolean isOf(Touch before, PlannedTouch touch) {
    return before.sequence().equals(touch.sequence()) && before.step() == touch.step();
  }
}
