package rekindle.impact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A contact for whom something changes, with the rows on both sides.
 *
 * @param decisionId of the recorded decision; null if it is none
 * @param before rows that the change is about, then others that only this side has
 * @param after likewise
 */
record Example(
    String contactId,
    @Nullable String decisionId,
    Instant asOf,
    List<Source> before,
    List<Source> after) {
  private static final int ROWS_MAX = 8;

  /** A fixed order that has nothing to do with how ids are given out. */
  static final Comparator<Example> ORDER =
      Comparator.<Example>comparingInt(example -> Hashes.of(example.contactId))
          .thenComparing(Example::contactId)
          .thenComparing(
              Example::decisionId, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
          .thenComparing(Example::asOf);

  Example {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  static Example of(Change change, Impact.Case about, List<Source> before, List<Source> after) {
    return new Example(
        about.contactId(),
        about.decisionId(),
        about.asOf(),
        rows(change, before, after),
        rows(change, after, before));
  }

  private static List<Source> rows(Change change, List<Source> side, List<Source> other) {
    var rows = new ArrayList<Source>();
    for (Source source : side) {
      if (change.isAbout(source)) {
        rows.add(source);
      }
    }
    Set<Source> elsewhere = new HashSet<>();
    other.forEach(source -> elsewhere.add(source.anywhere()));
    for (Source source : side) {
      if (!change.isAbout(source) && !elsewhere.contains(source.anywhere())) {
        rows.add(source);
      }
    }
    return rows.size() <= ROWS_MAX ? rows : rows.subList(0, ROWS_MAX);
  }
}
