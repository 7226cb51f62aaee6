package rekindle.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import rekindle.channel.OpeningSearch.Found;
import rekindle.eligibility.Eligibility;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.touch.Limits;
import rekindle.touch.Step;

/**
 * Decides the channel of a step among those allowed; DECIDING.md section 3, "Channel of a step".
 * Thread-safe.
 */
public final class ChannelStage {
  private static final String RE_PERMISSION = "re_permission";

  private final Release release;
  private final Limits limits;

  public ChannelStage(Release release, Limits limits) {
    this.release = release;
    this.limits = limits;
  }

  /**
   * What the choice of a channel depends on.
   *
   * @param looks eligibility at an instant, now or ahead
   * @param start the later of the present, the step's due and the end of a pause
   */
  public record Situation(
      Instant start,
      List<LocalDate> dates,
      String sequence,
      Function<Instant, Eligibility> looks) {}

  /**
   * The channel of the step; empty where it and its fallback are denied for good, so that the step
   * is skipped.
   */
  public Optional<ChannelChoice> choose(Step step, Situation situation, Rows rows) {
    List<Found> listed = openings(step, step.channels(), situation);
    if (!listed.isEmpty()) {
      return Optional.of(prefer(step, listed, situation, rows));
    }
    Hit fallback = fallback(step, situation, rows);
    List<Channel> channels =
        fallback.row().codes("channels").stream()
            .map(code -> Channel.of(code).orElseThrow())
            .toList();
    return openings(step, channels, situation).stream()
        .findFirst()
        .map(
            found ->
                new ChannelChoice(found.channel(), found.notBefore(), found.notAfter(), fallback));
  }

  /** Openings of those channels that are not denied for good, in the order of the list. */
  private List<Found> openings(Step step, List<Channel> channels, Situation situation) {
    var search = new OpeningSearch(situation.looks(), limits);
    Duration valid = step.atOnce() ? limits.touchAtOnceValid() : limits.touchValid();
    var openings = new ArrayList<Found>();
    for (Channel channel : channels) {
      Found found =
          search.from(
              situation.start(), channel, situation.sequence().equals(RE_PERMISSION), valid);
      if (!found.forGood()) {
        openings.add(found);
      }
    }
    return openings;
  }

  private ChannelChoice prefer(Step step, List<Found> listed, Situation situation, Rows rows) {
    Found first = listed.get(0);
    long firstWaitsMs = first.waitsMs(situation.start());
    Found soonest =
        listed.stream()
            .min(Comparator.comparingLong(found -> found.waitsMs(situation.start())))
            .orElse(first);
    boolean sooner = soonest.waitsMs(situation.start()) < firstWaitsMs;
    var input =
        new PreferenceInput(
            new PreferenceInput.Values(
                step.atOnce() ? "yes" : "no", firstWaitsMs, sooner ? "yes" : "no"));
    rows.match(input);
    Hit hit = rows.first(input, release.table(ChannelTables.PREFERENCE), situation.dates());
    Found chosen = hit.row().code("choice").orElse("first").equals("soonest") ? soonest : first;
    return new ChannelChoice(chosen.channel(), chosen.notBefore(), chosen.notAfter(), hit);
  }

  private Hit fallback(Step step, Situation situation, Rows rows) {
    var input = new FallbackInput(new FallbackInput.Values(situation.sequence(), step.purpose()));
    rows.match(input);
    return rows.first(input, release.table(ChannelTables.FALLBACK), situation.dates());
  }
}
