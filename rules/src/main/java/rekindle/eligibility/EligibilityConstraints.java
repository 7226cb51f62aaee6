package rekindle.eligibility;

import static rekindle.table.DrlLiteral.number;
import static rekindle.table.DrlLiteral.string;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.table.Cell;
import rekindle.table.Condition;
import rekindle.table.TypedRow;

/** Constraints made of cells that mean something only together. */
final class EligibilityConstraints {
  private EligibilityConstraints() {}

  /** A ground is held, young enough, and kept in use. */
  static List<String> consent(TypedRow row, @Nullable String channel) {
    var constraints = new ArrayList<String>();
    row.code("ground")
        .ifPresent(
            ground ->
                constraints.add(
                    view(channel)
                        + ".groundHolds("
                        + string(ground)
                        + ", "
                        + string(row.code("proof").orElse(""))
                        + ", "
                        + number(orAny(row, "ageMonths"))
                        + ", "
                        + number(orAny(row, "givenOrUsedMonths"))
                        + ", "
                        + number(orAny(row, "givenOrHeardMonths"))
                        + ")"));
    row.number("inboundHours")
        .ifPresent(
            hours ->
                constraints.add(
                    view(channel)
                        + ".wroteWithin("
                        + number(hours.longValueExact() * Condition.HOUR_MS)
                        + ")"));
    return constraints;
  }

  /** A no of the kind was said where the row says. */
  static List<String> suppression(TypedRow row, @Nullable String channel) {
    return List.of(
        "said("
            + string(require(channel))
            + ", "
            + string(list(row, "where"))
            + ", "
            + string(list(row, "saidIn"))
            + ", "
            + string(list(row, "no"))
            + ", "
            + string(list(row, "madeOn"))
            + ", "
            + string(list(row, "consentSince"))
            + ")");
  }

  /** Enough touches or noes were counted in the window. */
  static List<String> caps(TypedRow row, @Nullable String channel) {
    long windowMs = row.number("windowHours").orElseThrow().longValueExact() * Condition.HOUR_MS;
    long touches = row.number("touches").orElseThrow().longValueExact();
    return List.of(
        view(channel)
            + ".counted("
            + string(list(row, "counted"))
            + ", "
            + number(windowMs)
            + ") >= "
            + number(touches));
  }

  /** The list gave one of the answers, or was asked too long ago, or never. */
  static List<String> registries(TypedRow row, @Nullable String channel) {
    var days = row.number("checkedDays");
    return List.of(
        "asked("
            + string(row.code("list").orElseThrow())
            + ", "
            + string(list(row, "answer"))
            + ", "
            + number(days.isPresent() ? days.get().longValueExact() * Condition.DAY_MS : ANY)
            + ")");
  }

  /** Stands for {@code any} where a number is expected. */
  static final long ANY = Long.MIN_VALUE;

  /** Stands for {@code unknown} within a list of codes. */
  static final String UNKNOWN = "?";

  /** The codes of a condition. */
  static CodeList codes(TypedRow row, String key) {
    return CodeList.of(list(row, key));
  }

  private static long orAny(TypedRow row, String key) {
    return row.number(key).map(BigDecimal::longValueExact).orElse(ANY);
  }

  /** The codes of a condition joined by {@code |}; empty for any; a leading {@code !} for not. */
  private static String list(TypedRow row, String key) {
    if (!(row.cell(key) instanceof Cell.Codes codes)) {
      return row.cell(key) instanceof Cell.Unknown ? UNKNOWN : "";
    }
    var values = new ArrayList<>(codes.values());
    if (codes.orUnknown()) {
      values.add(UNKNOWN);
    }
    return (codes.negated() ? "!" : "") + String.join("|", values);
  }

  private static String view(@Nullable String channel) {
    return require(channel).equals("paid_media") ? "paidMedia" : require(channel);
  }

  private static String require(@Nullable String channel) {
    if (channel == null) {
      throw new IllegalArgumentException("the row needs a channel");
    }
    return channel;
  }
}
