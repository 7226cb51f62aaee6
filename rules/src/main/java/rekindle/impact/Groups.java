package rekindle.impact;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions by a code, such as that of a segment. Confined to one thread. */
final class Groups {
  /** Codes beyond are counted together. */
  static final int GROUPS_MAX = 200;

  /** The code of those who have none. */
  static final String NONE = "";

  /** Decisions whose code is not kept. */
  final Tally others = new Tally();

  private final KeptByHash<String, Tally> kept =
      new KeptByHash<>(GROUPS_MAX, Comparator.<String>naturalOrder(), others::add);

  /** How many were decided, and for how many something changed. */
  static final class Tally {
    long decided;
    long changed;

    void add(Tally more) {
      decided += more.decided;
      changed += more.changed;
    }
  }

  void count(@Nullable String code, boolean changed) {
    Tally tally = of(code == null ? NONE : code);
    tally.decided++;
    tally.changed += changed ? 1 : 0;
  }

  void merge(Groups more) {
    others.add(more.others);
    more.kept.kept().forEach((code, tally) -> of(code).add(tally));
  }

  Tally of(String code) {
    Tally tally = kept.get(code, Tally::new);
    return tally == null ? others : tally;
  }

  /** The most changed first, then the most decided. */
  List<Map.Entry<String, Tally>> tallies() {
    return kept.kept().entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Tally>>comparingLong(entry -> -entry.getValue().changed)
                .thenComparingLong(entry -> -entry.getValue().decided)
                .thenComparing(Map.Entry::getKey))
        .toList();
  }
}
