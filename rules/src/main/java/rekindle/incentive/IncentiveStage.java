package rekindle.incentive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.decision.Decision.Incentive;
import rekindle.decision.Decision.Money;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.rule.Rule;
import rekindle.segment.Standing;
import rekindle.table.TypedRow;

/**
 * Decides the incentive of an offer step: the first row of Choice that passes all Guards.
 * Thread-safe.
 */
public final class IncentiveStage {
  private static final BigDecimal SHARE_FACTOR = BigDecimal.valueOf(10_000);

  private final Release release;

  public IncentiveStage(Release release) {
    this.release = release;
  }

  /** What the choice depends on; the term of an incentive runs from {@code from}. */
  public record Situation(
      ContactFacts facts, Instant asOf, Instant from, LocalClock clock, Standing standing) {}

  /**
   * The outcome.
   *
   * @param incentive null where none is given
   * @param deciding the rows that decided: guards that kept an incentive back, then the choice
   */
  public record Outcome(@Nullable Incentive incentive, List<Hit> deciding) {
    /** No offer step, no incentive. */
    public static final Outcome NONE = new Outcome(null, List.of());
  }

  public Outcome choose(Situation situation, Rows rows) {
    List<LocalDate> dates = situation.clock().dates(situation.asOf());
    var input = new ChoiceInput(choiceValues(situation));
    rows.match(input);
    var deciding = new ArrayList<Hit>();
    for (Rule choice : rows.all(input, IncentiveTables.CHOICE, dates)) {
      TypedRow menu = menu(choice.row().code("incentive").orElse(""));
      List<Hit> guards = guards(situation, menu, dates, rows);
      Hit hit = choice.hit();
      if (guards.isEmpty()) {
        deciding.add(hit);
        return new Outcome(incentive(menu, hit, situation), deciding);
      }
      guards.stream().filter(guard -> !deciding.contains(guard)).forEach(deciding::add);
    }
    return new Outcome(null, deciding);
  }

  private ChoiceInput.Values choiceValues(Situation situation) {
    var contact = situation.facts().contact();
    var deal = situation.facts().lifecycle().deal();
    Set<String> barriers = new HashSet<>(contact.tags());
    if (deal != null && deal.lossReason() != null) {
      barriers.add(deal.lossReason());
    }
    return new ChoiceInput.Values(
        situation.standing().segment(),
        barriers,
        situation.standing().cohort(),
        situation.standing().tier(),
        contact.program(),
        deal == null ? "none" : deal.stage());
  }

  private List<Hit> guards(Situation situation, TypedRow menu, List<LocalDate> dates, Rows rows) {
    var value = situation.facts().value();
    BigDecimal cost = menu.number("cost").orElse(BigDecimal.ZERO);
    boolean sameCurrency = menu.code("currency").map(c -> c.equals(value.currency())).orElse(false);
    var input =
        new GuardInput(
            new GuardInput.Values(
                menu.code("incentive").orElse(""),
                situation.standing().segment(),
                lastIncentiveAgeMs(situation),
                share(cost, sameCurrency ? value.lifetimeValue() : null),
                share(cost, sameCurrency ? value.acquisitionCost() : null),
                months -> winBacks(situation, months)));
    rows.match(input);
    return rows.all(input, IncentiveTables.GUARDS, dates).stream().map(Rule::hit).toList();
  }

  private static long lastIncentiveAgeMs(Situation situation) {
    return situation.facts().history().incentives().stream()
        .map(ContactFacts.GrantedIncentive::grantedAt)
        .max(Comparator.naturalOrder())
        .map(grantedAt -> situation.asOf().toEpochMilli() - grantedAt.toEpochMilli())
        .orElse(Long.MIN_VALUE);
  }

  private static long winBacks(Situation situation, long months) {
    return situation.facts().history().winBackAt().stream()
        .filter(at -> situation.clock().monthsSince(at, situation.asOf()) < months)
        .count();
  }

  /**
   * The share in ten-thousandths, rounded up so that no bound is passed by rounding; nothing costs
   * nothing, of whatever it is a share.
   */
  private static long share(BigDecimal cost, @Nullable BigDecimal of) {
    if (cost.signum() == 0) {
      return 0;
    }
    return of == null || of.signum() <= 0
        ? Long.MIN_VALUE
        : cost.multiply(SHARE_FACTOR).divide(of, 0, RoundingMode.CEILING).longValue();
  }

  private TypedRow menu(String incentive) {
    return release.table(IncentiveTables.MENU).rows().stream()
        .filter(row -> row.code("incentive").orElse("").equals(incentive))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the Menu has no incentive " + incentive));
  }

  private static Incentive incentive(TypedRow menu, Hit hit, Situation situation) {
    String currency = menu.code("currency").orElse("");
    Money value = menu.number("value").map(amount -> money(amount, currency)).orElse(null);
    Duration valid = Duration.ofDays(menu.number("validDays").orElseThrow().longValueExact());
    return new Incentive(
        menu.code("incentive").orElse(""),
        value,
        situation.from().plus(valid),
        money(menu.number("cost").orElse(BigDecimal.ZERO), currency),
        hit.reference(),
        hit.rule());
  }

  private static Money money(BigDecimal amount, String currency) {
    return new Money(amount.setScale(2, RoundingMode.UNNECESSARY), currency);
  }
}
