package rekindle.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.GrantedIncentive;

/** The incentive of an offer step (DECIDING.md section 3; PRODUCT.md, Incentives). */
record OracleIncentive(
    OracleTables tables,
    ContactFacts facts,
    OraclePlaces places,
    OracleSegments segments,
    Instant asOf,
    String segment,
    @Nullable String cohort,
    int tier) {

  @Nullable OracleRow choose() {
    return deciding().stream()
        .filter(row -> row.sheet().equals("incentives/Choice"))
        .findFirst()
        .orElse(null);
  }

  /** The guards that kept choices back, and the choice that none keeps back, if there is one. */
  List<OracleRow> deciding() {
    var deciding = new ArrayList<OracleRow>();
    for (OracleRow row : tables.rows("incentives/Choice")) {
      if (suits(row)) {
        var guards =
            tables.rows("incentives/Guards").stream()
                .filter(guard -> keepsBack(guard, row))
                .toList();
        if (guards.isEmpty()) {
          deciding.add(row);
          return deciding;
        }
        deciding.addAll(guards);
      }
    }
    return deciding;
  }

  private boolean suits(OracleRow row) {
    return row.takes("Segment", segment)
        && (row.open("Barrier")
            || OracleRow.words(row.cell("Barrier")).stream().anyMatch(this::stood))
        && row.takes("Cohort", cohort)
        && (row.open("Tier") || tier <= row.whole("Tier"))
        && row.takes("Program", facts.contact().program())
        && row.takes("Deal stage", segments.dealStage());
  }

  /** The tags say why they went quiet, and so does the reason for which a deal was lost. */
  private boolean stood(String barrier) {
    var deal = facts.lifecycle().deal();
    return facts.contact().tags().contains(barrier)
        || (deal != null && barrier.equals(deal.lossReason()));
  }

  private boolean keepsBack(OracleRow guard, OracleRow choice) {
    String code = choice.cell("→ Incentive");
    String times = "Won back, times: at least";
    Instant last =
        facts.history().incentives().stream()
            .map(GrantedIncentive::grantedAt)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return guard.takes("Incentive", code)
        && guard.takes("Segment", segment)
        && (guard.open(times)
            || facts.history().winBackAt().stream()
                    .filter(
                        at ->
                            places.withinMonths(at, asOf, guard.whole("Won back, months: within")))
                    .count()
                >= guard.whole(times))
        && guard.lessThanDays(
            "Last incentive, days ago: less than",
            last == null ? null : Duration.between(last, asOf))
        && dear(
            guard,
            "Cost, share of lifetime value: more than, or unknown",
            code,
            facts.value().lifetimeValue())
        && dear(
            guard,
            "Cost, share of acquisition cost: more than, or unknown",
            code,
            facts.value().acquisitionCost());
  }

  /** Whether the cost is more than the share, or nobody knows; what costs nothing never is. */
  private boolean dear(OracleRow guard, String label, String code, @Nullable BigDecimal of) {
    if (guard.open(label)) {
      return true;
    }
    var menu = tables.first("incentives/Menu", row -> row.cell("Incentive").equals(code));
    var cost = menu.number("→ Cost");
    if (cost.signum() == 0) {
      return false;
    }
    boolean known = of != null && Objects.equals(menu.cell("→ Currency"), facts.value().currency());
    return !known || cost.compareTo(guard.number(label).multiply(of)) > 0;
  }
}
