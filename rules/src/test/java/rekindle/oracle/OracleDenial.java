package rekindle.oracle;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reason why a channel may not be used. */
record OracleDenial(String code, OracleRow row, @Nullable Instant until) {
  private static final Set<String> NOT_FOR_GOOD =
      Set.of("channel_paused", "registry_stale", "needs_review", "zone_data_stale");

  static final Comparator<OracleDenial> ORDER =
      Comparator.comparing(OracleDenial::code)
          .thenComparing(denial -> denial.row().sheet())
          .thenComparing(denial -> denial.row().number());

  boolean forGood() {
    return until == null && !NOT_FOR_GOOD.contains(code);
  }

  @Override
  public String toString() {
    return code + " " + row + " until " + until;
  }
}
