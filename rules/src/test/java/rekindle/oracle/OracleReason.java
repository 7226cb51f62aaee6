package rekindle.oracle;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reason of a verdict with the row that says so. */
record OracleReason(String code, @Nullable OracleRow row) {

  /** By code, sheet, row number; one for each code and row. */
  static List<String> inOrder(List<OracleReason> reasons) {
    return reasons.stream()
        .distinct()
        .sorted(
            Comparator.comparing(OracleReason::code)
                .thenComparing(one -> one.row() == null ? "" : one.row().sheet())
                .thenComparing(one -> one.row() == null ? 0 : one.row().number()))
        .map(one -> one.code() + " " + (one.row() == null ? null : one.row().id()))
        .toList();
  }
}
