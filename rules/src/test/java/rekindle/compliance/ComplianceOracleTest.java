package rekindle.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;

/**
 * The law in plain Java and the engine with the shipped rows say the same of random facts: for each
 * channel allowed or denied, for the same kinds of reason, until the same instants.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComplianceOracleTest {
  /** The promise is held with 100,000; each build tries a part of them. */
  private static final int FACTS = Integer.getInteger("rekindle.facts", 10_000);

  /** Other facts than those of the build: the first of a hundred thousand new ones. */
  private static final long FROM = Long.getLong("rekindle.from", 0);

  private static final int SHOWN = 3;

  private final Map<Long, Set<Channel>> different = new HashMap<>();
  private final Map<String, Integer> answers = new HashMap<>();

  @BeforeAll
  void askBoth() {
    LongStream.range(FROM, FROM + FACTS).parallel().forEach(this::ask);
  }

  private void ask(long seed) {
    Question question = FactsGenerator.question(seed);
    Decision decision = EngineAnswers.decide(question);
    for (Channel channel : Channel.ALL) {
      Difference difference = Difference.on(channel, question, decision);
      synchronized (this) {
        count(channel, Objects.requireNonNull(decision.channels().get(channel)));
        if (difference != null) {
          different.computeIfAbsent(seed, any -> new TreeSet<>()).add(channel);
        }
      }
    }
  }

  private void count(Channel channel, ChannelAnswer answer) {
    if (answer.allowed()) {
      answers.merge(channel.code() + " allowed", 1, Integer::sum);
    }
    for (Denial denial : answer.denials()) {
      String lapses = denial.until() == null ? " for good" : " until";
      answers.merge(Difference.sheet(denial) + lapses, 1, Integer::sum);
    }
  }

  @Test
  void randomFacts_everyChannel_sameAnswerFromLawAndRows() {
    String first =
        different.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(SHOWN)
            .map(entry -> explained(entry.getKey(), entry.getValue().iterator().next()))
            .collect(Collectors.joining("\n\n"));
    assertThat(different).as("%s facts differ; the first:\n%s", different.size(), first).isEmpty();
  }

  @Test
  void randomFacts_everyChannelAndKindOfDenial_areMet() {
    for (Channel channel : Channel.ALL) {
      assertThat(answers).as("answers").containsKey(channel.code() + " allowed");
    }
    assertThat(answers)
        .containsKeys(
            "Address for good",
            "Caps until",
            "Consent for good",
            "Holds for good",
            "Hours for good",
            "Hours until",
            "Registries for good",
            "Suppression for good",
            "Suppression until");
  }

  /** The smallest facts of which law and rows still say different things of the channel. */
  private static String explained(long seed, Channel channel) {
    Question smallest =
        FactsGenerator.question(seed).shrunk(question -> difference(channel, question) != null);
    Difference difference = Objects.requireNonNull(difference(channel, smallest));
    return "seed %s, %s at %s, facts %s%n  law:    %s%n  engine: %s%n  as %s"
        .formatted(
            seed,
            channel.code(),
            smallest.asOf(),
            smallest.facts(),
            difference.law(),
            difference.engine(),
            difference.answer());
  }

  private static @Nullable Difference difference(Channel channel, Question question) {
    return Difference.on(channel, question, EngineAnswers.decide(question));
  }
}
