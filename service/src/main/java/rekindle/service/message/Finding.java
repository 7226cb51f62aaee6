package rekindle.service.message;

import org.jspecify.annotations.Nullable;
import rekindle.rule.Hit;

/**
 * Something about a message that keeps it from leaving, or that somebody should know.
 *
 * @param blocks whether the message must not leave
 * @param element the message element that is missing, null where it is something else
 * @param row of the table that demands it, as {@code rule} null where no row says it
 */
public record Finding(
    boolean blocks,
    String code,
    String text,
    @Nullable String element,
    @Nullable String citation,
    @Nullable String row,
    @Nullable String rule) {

  static Finding error(String code, String text) {
    return new Finding(true, code, text, null, null, null, null);
  }

  static Finding warning(String code, String text) {
    return new Finding(false, code, text, null, null, null, null);
  }

  static Finding missing(String element, String text, @Nullable Hit hit) {
    return new Finding(
        true,
        "missing_element",
        text,
        element,
        hit == null ? null : hit.citation(),
        hit == null ? null : hit.reference(),
        hit == null ? null : hit.rule());
  }
}
