package rekindle.release;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.eligibility.ChannelView;
import rekindle.eligibility.ChannelsInput;
import rekindle.eligibility.NoesInput;
import rekindle.eligibility.PlaceInput;
import rekindle.incentive.GuardInput;
import rekindle.rule.PlainRules.Together;
import rekindle.rule.StageInput;
import rekindle.table.Cell;
import rekindle.table.Condition;
import rekindle.table.TypedRow;

/** What the policy's row constraints say in DRL, said in Java. */
final class PlainTogether {
  private static final long ANY = Long.MIN_VALUE;

  static final Map<String, Together> BY_SHEET =
      Map.of(
          "eligibility/Consent", PlainTogether::consent,
          "eligibility/Suppression", PlainTogether::suppression,
          "eligibility/Caps", PlainTogether::caps,
          "eligibility/Registries", PlainTogether::registries,
          "incentives/Guards", PlainTogether::guards);

  private PlainTogether() {}

  private static boolean consent(TypedRow row, @Nullable String channel, StageInput input) {
    ChannelView view = view((ChannelsInput) input, channel);
    boolean held =
        row.code("ground")
            .map(
                ground ->
                    view.groundHolds(
                        ground,
                        row.code("proof").orElse(""),
                        orAny(row, "ageMonths"),
                        orAny(row, "givenOrUsedMonths"),
                        orAny(row, "givenOrHeardMonths")))
            .orElse(true);
    long hours = orAny(row, "inboundHours");
    return held && (hours == ANY || view.wroteWithin(hours * Condition.HOUR_MS));
  }

  private static boolean suppression(TypedRow row, @Nullable String channel, StageInput input) {
    return ((NoesInput) input)
        .said(
            Objects.requireNonNull(channel),
            list(row, "where"),
            list(row, "saidIn"),
            list(row, "no"),
            list(row, "madeOn"),
            list(row, "consentSince"));
  }

  private static boolean caps(TypedRow row, @Nullable String channel, StageInput input) {
    long windowMs = row.number("windowHours").orElseThrow().longValueExact() * Condition.HOUR_MS;
    long counted = view((ChannelsInput) input, channel).counted(list(row, "counted"), windowMs);
    return counted >= row.number("touches").orElseThrow().longValueExact();
  }

  private static boolean registries(TypedRow row, @Nullable String channel, StageInput input) {
    long days = orAny(row, "checkedDays");
    return ((PlaceInput) input)
        .asked(
            row.code("list").orElseThrow(),
            list(row, "answer"),
            days == ANY ? ANY : days * Condition.DAY_MS);
  }

  private static boolean guards(TypedRow row, @Nullable String channel, StageInput input) {
    long winBacks = orAny(row, "winBacks");
    long months = orAny(row, "winBackMonths");
    return winBacks == ANY
        || ((GuardInput) input).winBacksWithin(months == ANY ? 1200 : months) >= winBacks;
  }

  private static long orAny(TypedRow row, String key) {
    return row.number(key).map(BigDecimal::longValueExact).orElse(ANY);
  }

  private static String list(TypedRow row, String key) {
    if (!(row.cell(key) instanceof Cell.Codes codes)) {
      return row.cell(key) instanceof Cell.Unknown ? "?" : "";
    }
    var values = new ArrayList<>(codes.values());
    if (codes.orUnknown()) {
      values.add("?");
    }
    return (codes.negated() ? "!" : "") + String.join("|", values);
  }

  private static ChannelView view(ChannelsInput input, @Nullable String channel) {
    return switch (Objects.requireNonNull(channel)) {
      case "email" -> input.getEmail();
      case "linkedin" -> input.getLinkedin();
      case "paid_media" -> input.getPaidMedia();
      case "phone" -> input.getPhone();
      case "sms" -> input.getSms();
      case "whatsapp" -> input.getWhatsapp();
      default -> throw new IllegalArgumentException(channel);
    };
  }
}
