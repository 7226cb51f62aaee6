package rekindle.impact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.json.Rfc3339;

/**
 * A hash of what is not counted by itself but matters to the person all the same: until when, in
 * which tier and cohort, with which template and elements. Confined to one thread.
 */
final class Details {
  private int hash = 17;

  void add(@Nullable String text) {
    hash = hash * 31 + (text == null ? 0 : text.hashCode());
  }

  void add(@Nullable Instant instant) {
    add(instant == null ? null : Rfc3339.format(instant));
  }

  void add(int number) {
    add(Integer.toString(number));
  }

  int hash() {
    return hash;
  }
}
