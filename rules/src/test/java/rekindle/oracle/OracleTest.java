package rekindle.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.release.ReleaseReader;

class OracleTest {
  private static final long FIRST = Long.getLong("oracle.seed", 1);
  private static final int PEOPLE = Integer.getInteger("oracle.people", 3000);

  private static DecisionEngine engine;
  private static Oracle oracle;

  @BeforeAll
  static void read() throws IOException {
    Map<String, byte[]> workbooks = new HashMap<>();
    try (var files =
        Files.list(Path.of(System.getProperty("oracle.tables", "../decision-tables")))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".xlsx")).toList()) {
        workbooks.put(file.getFileName().toString().replace(".xlsx", ""), Files.readAllBytes(file));
      }
    }
    var read = ReleaseReader.read(workbooks);
    assertThat(read.hasErrors()).as("%s", read.findings()).isFalse();
    engine = DecisionEngine.of(Objects.requireNonNull(read.release()));
    oracle = new Oracle(workbooks);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void decisions_ofRandomPeople_areThoseOfTheDocuments() {
    List<String> differences = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + PEOPLE && differences.size() < 5; seed++) {
      var person = oracle.person(seed);
      var facts = person.facts();
      Instant asOf = person.asOf();
      if (!differences(facts, asOf).isEmpty()) {
        var smallest = Shrink.smallest(facts, fewer -> !differences(fewer, asOf).isEmpty());
        differences.add(
            "-Doracle.seed="
                + seed
                + " as of "
                + asOf
                + "\n"
                + new String(FactsWriter.write(smallest), StandardCharsets.UTF_8)
                + "\n"
                + differences(smallest, asOf));
      }
    }
    assertThat(differences).as("decisions that differ").isEmpty();
  }

  private static String differences(ContactFacts facts, Instant asOf) {
    return oracle.decide(facts, asOf).differences(OracleAnswer.of(engine.decide(facts, asOf)));
  }
}
