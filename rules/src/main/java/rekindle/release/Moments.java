package rekindle.release;

import java.util.Optional;
import rekindle.json.Rfc3339;

/** Instants as scenarios write them. */
final class Moments {
  static final String NEVER = "never";
  private static final int DATE_LENGTH = "2026-11-23".length();

  private Moments() {}

  /**
   * An instant, or a date, which means its start in UTC, in the one spelling of documents; or
   * {@code never}. Empty where it is none of these.
   */
  static Optional<String> read(String text) {
    if (text.equals(NEVER)) {
      return Optional.of(text);
    }
    String full = text.length() == DATE_LENGTH ? text + "T00:00:00Z" : text;
    return Rfc3339.parse(full).map(Rfc3339::format);
  }
}
