package rekindle.service.handoff;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.message.ShippedMessages;

/** Touches that tests hand over. */
final class Intents {
  private Intents() {}

  static Intent email(String touchId, @Nullable Instant sendNotAfter) {
    return new Intent(
        touchId,
        1,
        "c-1",
        "esp",
        Channel.EMAIL,
        new UUID(0, 1),
        sendNotAfter,
        "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        ShippedMessages.passed(),
        false,
        System.nanoTime());
  }
}
