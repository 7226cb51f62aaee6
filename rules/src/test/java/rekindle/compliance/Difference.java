package rekindle.compliance;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;

/** One channel of which the law in Java and the engine's rows say different things. */
record Difference(
    String channel,
    SortedMap<String, Optional<Instant>> law,
    SortedMap<String, Optional<Instant>> engine,
    ChannelAnswer answer) {

  /** The difference on one channel, or null if there is none. */
  static @Nullable Difference on(Channel channel, Question question, Decision decision) {
    ChannelAnswer answer = Objects.requireNonNull(decision.channels().get(channel));
    var law = ComplianceOracle.denials(question, decision.tier(), channel.code());
    var engine = new Denials();
    for (Denial denial : answer.denials()) {
      engine.add(sheet(denial), denial.until());
    }
    return law.equals(engine.ends()) && answer.allowed() == law.isEmpty()
        ? null
        : new Difference(channel.code(), law, engine.ends(), answer);
  }

  /** The sheet of the row that denies. */
  static String sheet(Denial denial) {
    String row = denial.row();
    return row.substring(row.indexOf('/') + 1, row.indexOf('!'));
  }
}
