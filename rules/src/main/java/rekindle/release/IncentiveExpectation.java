package rekindle.release;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;

/**
 * What a scenario expects of the incentive: {@code none} or a code; then, where looked at, {@code ,
 * value 100 USD, cost 30 USD, until 2026-12-23}, and {@code , because} with the reasons of the
 * guards that held.
 *
 * @param value money or {@code none}; null where not looked at, as all that follow
 */
record IncentiveExpectation(
    String code,
    @Nullable String value,
    @Nullable String cost,
    @Nullable String until,
    @Nullable String because) {
  static final String FORM =
      "none, or a code, then if wanted: , value 100 USD, cost 30 USD, until instant, because reason";
  private static final String MONEY = "\\d{1,12}(?:\\.\\d{1,6})? [A-Z]{3}";
  private static final Pattern LINE =
      Pattern.compile(
          "(?<code>[a-z0-9_]+)(?:, value (?<value>none|"
              + MONEY
              + "))?(?:, cost (?<cost>"
              + MONEY
              + "))?(?:, until (?<until>[^\\s,]+))?"
              + "(?:, because (?<because>[a-z0-9_]+(?:, [a-z0-9_]+)*))?");

  /** Reads the cell; empty where it cannot be read. */
  static Optional<IncentiveExpectation> read(String text) {
    var parts = LINE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String until = parts.group("until");
    Optional<String> moment = until == null ? Optional.empty() : Moments.read(until);
    if (until != null && moment.isEmpty()) {
      return Optional.empty();
    }
    String because = parts.group("because");
    return Optional.of(
        new IncentiveExpectation(
            parts.group("code"),
            money(parts.group("value")),
            money(parts.group("cost")),
            moment.orElse(null),
            because == null ? null : Found.sorted(List.of(because.split(", ", -1)).stream())));
  }

  String expected() {
    return spelled(code, value, cost, until, because);
  }

  /** The incentive of a decision, with the same parts. */
  String found(Decision decision) {
    Decision.Incentive incentive = decision.incentive();
    String reasons = because == null ? null : guards(decision);
    if (incentive == null) {
      return spelled("none", null, null, null, reasons);
    }
    return spelled(
        incentive.code(),
        value == null ? null : Found.money(incentive.value()),
        cost == null ? null : Found.money(incentive.cost()),
        until == null ? null : Found.instant(incentive.validUntil()),
        reasons);
  }

  private static String guards(Decision decision) {
    return Found.sorted(
        decision.trace().stream()
            .filter(entry -> entry.stage().equals("incentive"))
            .map(entry -> entry.set().get("reason"))
            .filter(Objects::nonNull)
            .map(Object::toString));
  }

  private static String spelled(
      String code,
      @Nullable String value,
      @Nullable String cost,
      @Nullable String until,
      @Nullable String because) {
    return code
        + (value == null ? "" : ", value " + value)
        + (cost == null ? "" : ", cost " + cost)
        + (until == null ? "" : ", until " + until)
        + (because == null ? "" : ", because " + because);
  }

  private static @Nullable String money(@Nullable String text) {
    if (text == null || text.equals("none")) {
      return text;
    }
    String[] parts = text.split(" ", -1);
    return Found.amount(new BigDecimal(parts[0])) + " " + parts[1];
  }
}
