package rekindle.impact;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Incentive;
import rekindle.decision.Decision.Money;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.facts.Channel;

/**
 * What of a decision an impact counts.
 *
 * @param verdict code
 * @param channel of the touch, planned or now; null without one
 * @param step sequence and number of that touch, as in {@code stalled 2}
 * @param incentive code
 * @param allowed channels that may be used now
 * @param denials codes by channel, in the order of the document, without channels that have none
 * @param details hash of what else matters to the person
 */
record Outcome(
    String verdict,
    @Nullable String segment,
    @Nullable String channel,
    @Nullable String step,
    @Nullable String incentive,
    Set<Channel> allowed,
    Map<Channel, List<String>> denials,
    int details) {

  static Outcome of(Decision decision) {
    var allowed = EnumSet.noneOf(Channel.class);
    var denials = new EnumMap<Channel, List<String>>(Channel.class);
    var details = new Details();
    decision
        .channels()
        .forEach(
            (channel, answer) -> {
              if (answer.allowed()) {
                allowed.add(channel);
              }
              for (Denial denial : answer.denials()) {
                add(denials, channel, denial.code());
                details.add(denial.until());
              }
            });
    details(decision, details);
    PlannedTouch touch = decision.touch();
    return new Outcome(
        decision.verdict().code(),
        decision.segment(),
        touch == null ? null : touch.channel().code(),
        touch == null ? null : step(touch.sequence(), touch.step()),
        decision.incentive() == null ? null : decision.incentive().code(),
        allowed,
        denials,
        details.hash());
  }

  static void add(Map<Channel, List<String>> denials, Channel channel, String code) {
    List<String> codes = denials.computeIfAbsent(channel, c -> new ArrayList<>(4));
    // Several rows may deny for one reason; their codes stand together.
    if (codes.isEmpty() || !codes.get(codes.size() - 1).equals(code)) {
      codes.add(code);
    }
  }

  static String step(String sequence, int step) {
    return sequence + " " + step;
  }

  /** In the order of the document, in which they are read. */
  private static void details(Decision decision, Details details) {
    details.add(decision.cohort());
    decision
        .experiments()
        .forEach(
            experiment -> {
              details.add(experiment.arm());
              details.add(experiment.name());
            });
    details.add(decision.group());
    Incentive incentive = decision.incentive();
    if (incentive != null) {
      money(incentive.cost(), details);
      details.add(incentive.validUntil());
      money(incentive.value(), details);
    }
    details.add(decision.offerAngle());
    details.add(decision.recheckAt());
    details.add(decision.tier() == null ? null : Integer.toString(decision.tier()));
    PlannedTouch touch = decision.touch();
    if (touch != null) {
      details.add(touch.by());
      details.add(touch.language());
      details.add(touch.notAfter());
      details.add(touch.notBefore());
      details.add(touch.of());
      details.add(touch.purpose());
      touch.requiredElements().forEach(details::add);
      details.add(touch.template());
    }
  }

  private static void money(@Nullable Money money, Details details) {
    if (money != null) {
      details.add(money.amount().toPlainString());
      details.add(money.currency());
    }
  }
}
