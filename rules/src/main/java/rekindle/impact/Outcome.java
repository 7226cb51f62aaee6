package rekindle.impact;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.TraceEntry;
import rekindle.facts.Channel;

/**
 * What of a decision an impact counts, and the rows behind it.
 *
 * @param verdict code
 * @param channel of the touch, planned or now; null without one
 * @param step sequence and number of that touch, as in {@code stalled 2}
 * @param incentive code
 * @param allowed channels that may be used now
 * @param sources in the order of the document
 */
public record Outcome(
    String verdict,
    @Nullable String segment,
    @Nullable String channel,
    @Nullable String step,
    @Nullable String incentive,
    Set<Channel> allowed,
    List<Source> sources) {
  /** Stages of the trace whose rows stand with the channels that they decide about. */
  private static final Set<String> TOLD_BY_CHANNEL = Set.of("consent", "denial");

  public static Outcome of(Decision decision) {
    var sources = new ArrayList<Source>();
    var allowed = EnumSet.noneOf(Channel.class);
    decision
        .channels()
        .forEach(
            (channel, answer) -> {
              if (answer.allowed()) {
                allowed.add(channel);
              }
              add(channel, answer, sources);
            });
    for (Reason reason : decision.reasons()) {
      sources.add(new Source(Source.REASON, null, reason.code(), reason.row(), reason.rule()));
    }
    for (TraceEntry entry : decision.trace()) {
      if (isOfStage(entry.stage())) {
        sources.add(new Source(entry.stage(), null, null, entry.row(), entry.rule()));
      }
    }
    PlannedTouch touch = decision.touch();
    return new Outcome(
        decision.verdict().code(),
        decision.segment(),
        touch == null ? null : touch.channel().code(),
        touch == null ? null : step(touch.sequence(), touch.step()),
        decision.incentive() == null ? null : decision.incentive().code(),
        allowed,
        sources);
  }

  private static void add(Channel channel, ChannelAnswer answer, List<Source> sources) {
    if (answer.basis() != null) {
      sources.add(new Source(Source.GROUND, channel, answer.basis(), answer.row(), answer.rule()));
    }
    for (Denial denial : answer.denials()) {
      sources.add(new Source(Source.DENIAL, channel, denial.code(), denial.row(), denial.rule()));
    }
  }

  static boolean isOfStage(String stage) {
    return !TOLD_BY_CHANNEL.contains(stage);
  }

  static String step(String sequence, int step) {
    return sequence + " " + step;
  }

  /** The codes of all denials of a channel. */
  Set<String> denials(Channel of) {
    var codes = new TreeSet<String>();
    for (Source source : sources) {
      if (source.channel() == of && source.part().equals(Source.DENIAL) && source.code() != null) {
        codes.add(source.code());
      }
    }
    return codes;
  }
}
