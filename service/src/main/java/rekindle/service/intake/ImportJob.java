package rekindle.service.intake;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One import: what was imported, and how far it is.
 *
 * @param type code of the kind of file
 * @param fileName as the caller named it
 * @param client who imports
 * @param dryRun whether it stored nothing
 * @param message why it is not done, and what to do; null where there is nothing to say
 * @param heartbeatAt its latest sign of life
 */
public record ImportJob(
    UUID id,
    String type,
    String fileName,
    String client,
    boolean dryRun,
    State state,
    Counts counts,
    @Nullable String message,
    Instant startedAt,
    Instant heartbeatAt,
    @Nullable Instant finishedAt) {

  /** How an import stands. */
  public enum State {
    RUNNING,
    /** Every row was read; rows with errors were left out. */
    DONE,
    /** The file as a whole cannot be imported, and nothing of it was. */
    FAILED,
    /** It broke off; what it had imported stays, and the same file can be imported again. */
    INTERRUPTED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What came of the rows.
   *
   * @param read rows of the file so far, good and bad
   * @param changed rows that told something new
   * @param unchanged rows that told what was known already
   * @param errors faults for which a row was left out
   * @param warnings remarks on rows
   */
  public record Counts(long read, long changed, long unchanged, long errors, long warnings) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts more) {
      return new Counts(
          read + more.read,
          changed + more.changed,
          unchanged + more.unchanged,
          errors + more.errors,
          warnings + more.warnings);
    }
  }
}
