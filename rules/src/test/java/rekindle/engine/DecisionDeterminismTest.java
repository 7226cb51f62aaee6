package rekindle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import rekindle.facts.ContactFacts;
import rekindle.testing.ListOrder;
import rekindle.testing.RandomFacts;

/**
 * The same facts, release and instant give the same bytes: on any thread, in any order of people
 * and of lists, in any process.
 */
class DecisionDeterminismTest {
  @Test
  void decide_onEightThreadsInAnotherOrder_givesTheSameBytes() throws Exception {
    List<byte[]> alone = new ArrayList<>();
    for (int seed = 0; seed < DecisionDigest.PEOPLE; seed++) {
      alone.add(DecisionDigest.decide(seed));
    }
    List<Integer> order = new ArrayList<>();
    for (int seed = 0; seed < DecisionDigest.PEOPLE; seed++) {
      order.add(seed);
    }
    Collections.shuffle(order, new Random(8));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var answers = new ArrayList<Future<byte[]>>();
      for (int seed : order) {
        answers.add(threads.submit(() -> DecisionDigest.decide(seed)));
      }
      for (int i = 0; i < order.size(); i++) {
        assertThat(answers.get(i).get())
            .as("seed %s", order.get(i))
            .isEqualTo(alone.get(order.get(i)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void decide_listsOfTheFactsInAnotherOrder_givesTheSameBytes() {
    for (int seed = 0; seed < DecisionDigest.PEOPLE; seed++) {
      var one = RandomFacts.of(seed, DecisionDigest.AS_OF);
      assertSameInAnyOrder(one, seed);
      var other = RandomFacts.of(seed + 1, DecisionDigest.AS_OF);
      assertSameInAnyOrder(ListOrder.joined(one, other), seed);
    }
  }

  private static void assertSameInAnyOrder(ContactFacts facts, int seed) {
    byte[] expected = DecisionDigest.decide(facts);
    for (int order = 0; order < 3; order++) {
      var shuffled = ListOrder.shuffled(facts, 3L * seed + order);
      assertThat(new String(DecisionDigest.decide(shuffled), StandardCharsets.UTF_8))
          .as("seed %s, order %s", seed, order)
          .isEqualTo(new String(expected, StandardCharsets.UTF_8));
    }
  }

  @Test
  void decide_inAnotherProcessWithAnotherZoneAndLocale_givesTheSameBytes() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Duser.language=ar",
                "-Dfile.encoding=ISO-8859-1",
                "-cp",
                System.getProperty("java.class.path"),
                DecisionDigest.class.getName())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out).contains("digest " + DecisionDigest.ofAll());
  }
}
