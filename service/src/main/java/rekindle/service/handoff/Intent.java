package rekindle.service.handoff;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.message.PassedMessage;

/**
 * A touch that is committed and may be handed over, once.
 *
 * @param touchId also the key by which the platform tells a repetition
 * @param attempt the first, second … reservation of the touch
 * @param subject names the person in the audit log
 * @param sendNotAfter the platform must not send it later
 * @param decision the recorded decision, canonical JSON; not copied
 * @param message null where the platform makes it
 * @param isLastStep of its sequence
 * @param committedNanos when it was committed, by {@link System#nanoTime}
 */
public record Intent(
    String touchId,
    int attempt,
    String contactId,
    String platform,
    Channel channel,
    UUID subject,
    @Nullable Instant sendNotAfter,
    byte[] decision,
    @Nullable PassedMessage message,
    boolean isLastStep,
    long committedNanos) {
  /** A process that stood still for longer must not go on as if nothing had happened. */
  private static final long PAUSE_MAX_NANOS = Duration.ofSeconds(15).toNanos();

  /** Whether it must not be handed over any more. */
  public boolean isTooLate(Instant now) {
    return System.nanoTime() - committedNanos > PAUSE_MAX_NANOS
        || (sendNotAfter != null && now.isAfter(sendNotAfter));
  }
}
