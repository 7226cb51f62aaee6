package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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
  static @Nullable Difference on(Channel channel, JsonNode facts, Instant asOf, Decision decision) {
    ChannelAnswer answer = Objects.requireNonNull(decision.channels().get(channel));
    var law = ComplianceOracle.denials(facts, asOf, decision.tier(), channel.code());
    var engine = new Denials();
    for (Denial denial : answer.denials()) {
      engine.add(
          denial.row().substring(denial.row().indexOf('/') + 1, denial.row().indexOf('!')),
          denial.until());
    }
    return law.equals(engine.ends()) && answer.allowed() == law.isEmpty()
        ? null
        : new Difference(channel.code(), law, engine.ends(), answer);
  }

  /** The kinds of denial of which the two say different things. */
  Set<String> kinds() {
    var kinds = new TreeSet<String>();
    Stream.of(law, engine).flatMap(ends -> ends.keySet().stream()).forEach(kinds::add);
    kinds.removeIf(kind -> Objects.equals(law.get(kind), engine.get(kind)));
    return kinds;
  }
}
