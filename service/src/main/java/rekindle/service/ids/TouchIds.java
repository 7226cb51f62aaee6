package rekindle.service.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
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

  /** More touches of one step than anybody gets. */
  private static final int EARLIER_MAX = 100;

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
    return of(person, touch.sequence(), touch.step(), earlier);
  }

  /**
   * Whether an id is one of a person's touches of a step, however many of that step came before.
   */
  public static boolean isOf(String id, String personId, String sequence, int step) {
    return IntStream.range(0, EARLIER_MAX)
        .anyMatch(earlier -> of(personId, sequence, step, earlier).equals(id));
  }

  private static String of(String person, String sequence, int step, long earlier) {
    String name = String.join("\n", "touch", person, sequence, step + "", Long.toString(earlier));
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    return new UUID(
            (hash.getLong() & VERSION_MASK) | VERSION, (hash.getLong() & VARIANT_MASK) | VARIANT)
        .toString();
  }

  private static boolean isOf(Touch before, PlannedTouch touch) {
    return before.sequence().equals(touch.sequence()) && before.step() == touch.step();
  }
}
