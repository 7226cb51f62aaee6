package rekindle.engine;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.Reason;
import rekindle.rule.Hit;

/** A reason of a verdict before it is put in its order; the row is null where no table said it. */
record Because(String code, String text, @Nullable Hit hit) {
  private static final Comparator<Because> ORDER =
      Comparator.comparing(Because::code)
          .thenComparing(Because::sheet)
          .thenComparing(Because::rowNumber);

  /**
   * The reasons of a decision: by code, sheet and row, one for each code and row. Of several words
   * for the same, those with the latest date.
   */
  static List<Reason> reasons(List<Because> because) {
    var reasons = new TreeMap<Because, Reason>(ORDER);
    because.stream()
        .sorted(Comparator.comparing(Because::text))
        .forEach(one -> reasons.put(one, one.reason()));
    return List.copyOf(reasons.values());
  }

  private Reason reason() {
    return hit == null
        ? new Reason(code, text, null, null, null)
        : new Reason(code, text, hit.citation(), hit.reference(), hit.rule());
  }

  private String sheet() {
    return hit == null ? "" : hit.table().definition().sheet();
  }

  private int rowNumber() {
    return hit == null ? 0 : hit.row().number();
  }
}
