package rekindle.service.impact;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of two releases over many decisions, and how far it is.
 *
 * @param done decisions so far
 * @param total decisions in all; 0 while they are being counted
 * @param report canonical JSON, so far or final; null before there is any; not copied
 * @param message why it is not done, and what to do; null where there is nothing to say
 * @param heartbeatAt its latest sign of life
 */
// Read once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record ImpactJob(
    UUID id,
    ImpactOrder order,
    State state,
    long done,
    long total,
    byte @Nullable [] report,
    @Nullable String message,
    Instant startedAt,
    Instant heartbeatAt,
    @Nullable Instant finishedAt) {

  /** How a job stands. */
  public enum State {
    RUNNING,
    DONE,
    /** It cannot be done; the message says why. */
    FAILED,
    CANCELLED,
    /** Its process ended. */
    INTERRUPTED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
