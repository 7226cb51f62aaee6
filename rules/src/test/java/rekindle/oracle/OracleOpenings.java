package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/** Which channel serves a step, and when (DECIDING.md section 3, Channel of a step, Opening). */
final class OracleOpenings {
  /** A channel with its opening; its instants are null if none is in sight. */
  record Opening(
      Channel channel,
      boolean forGood,
      @Nullable Instant notBefore,
      @Nullable Instant notAfter,
      @Nullable OracleRow row) {
    Opening by(OracleRow deciding) {
      return new Opening(channel, forGood, notBefore, notAfter, deciding);
    }
  }

  private final OracleTables tables;
  private final OracleChannels channels;
  private final String sequence;

  OracleOpenings(OracleTables tables, OracleChannels channels, String sequence) {
    this.tables = tables;
    this.channels = channels;
    this.sequence = sequence;
  }

  /** The opening of the channel that serves the step, or null where the step is skipped. */
  @Nullable Opening choose(OracleRow step, Instant start) {
    var listed = openings(step.list("→ Channels"), step, start);
    if (!listed.isEmpty()) {
      return prefer(step, listed, start);
    }
    var fallback =
        tables.first(
            "channels/Fallback",
            row -> row.takes("Sequence", sequence) && row.takes("Purpose", step.cell("→ Purpose")));
    return openings(fallback.list("→ Channels"), step, start).stream()
        .findFirst()
        .map(opening -> opening.by(fallback))
        .orElse(null);
  }

  private List<Opening> openings(List<String> codes, OracleRow step, Instant start) {
    return codes.stream()
        .map(code -> opening(Channel.of(code).orElseThrow(), start, step))
        .filter(opening -> !opening.forGood())
        .toList();
  }

  private Opening prefer(OracleRow step, List<Opening> openings, Instant start) {
    var first = openings.get(0);
    var soonest =
        openings.stream().min(Comparator.comparing(one -> orMax(one.notBefore()))).orElseThrow();
    boolean sooner = orMax(soonest.notBefore()).isBefore(orMax(first.notBefore()));
    Duration waits =
        first.notBefore() == null
            ? Duration.ofDays(100_000)
            : Duration.between(start, first.notBefore());
    var row =
        tables.first(
            "channels/Preference",
            one ->
                one.takes("Step is at once", step.cell("→ At once"))
                    && one.moreThanDays("Preferred channel waits, days: more than", waits)
                    && one.takesYes("Another opens sooner", sooner));
    return row.cell("→ Choice").equals("soonest") ? soonest.by(row) : first.by(row);
  }

  private static Instant orMax(@Nullable Instant at) {
    return Objects.requireNonNullElse(at, Instant.MAX);
  }

  private Opening opening(Channel channel, Instant start, OracleRow step) {
    Instant at = start;
    while (!at.isAfter(start.plus(OracleHours.HORIZON))) {
      var answer = channels.at(channel, at);
      boolean serves =
          sequence.equals("re_permission") || !"re_permission_only".equals(answer.basis());
      if (!serves || answer.forGood()) {
        break;
      }
      if (answer.denials().stream().anyMatch(one -> one.until() == null)) {
        return new Opening(channel, false, null, null, null);
      }
      if (answer.allowed()) {
        Instant notAfter = notAfter(channel, at, step);
        if (notAfter.isAfter(at)) {
          return new Opening(channel, false, at, notAfter, null);
        }
        at = at.plusSeconds(60).truncatedTo(ChronoUnit.MINUTES);
      } else {
        at =
            answer.denials().stream()
                .map(OracleDenial::until)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseThrow();
      }
    }
    return new Opening(channel, true, null, null, null);
  }

  private Instant notAfter(Channel channel, Instant at, OracleRow step) {
    int days =
        OracleSteps.limit(tables, step.yes("→ At once") ? "touch_at_once_valid" : "touch_valid");
    Instant notAfter = at.plus(Duration.ofDays(days));
    Instant closes = channels.hours(channel).closesAt(at, days + 1);
    if (closes != null) {
      int margin = OracleSteps.limit(tables, "closing_margin");
      notAfter = OracleConsents.earlier(notAfter, closes.minus(Duration.ofMinutes(margin)));
    }
    Instant groundEnds = channels.groundEnds(channel, at, days + 1);
    return Objects.requireNonNull(OracleConsents.earlier(notAfter, groundEnds));
  }
}
