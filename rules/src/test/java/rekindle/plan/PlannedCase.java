package rekindle.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import rekindle.engine.ShippedEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;

/** One file of facts and assumptions, of which a calendar is known. */
record PlannedCase(String name, ContactFacts facts, Assumptions assumptions) {
  static final Path FOLDER = Path.of("src", "test", "resources", "rekindle", "plan", "calendars");

  static List<PlannedCase> all() {
    try (var files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(PlannedCase::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PlannedCase named(String name) {
    return read(FOLDER.resolve(name + ".json"));
  }

  private static PlannedCase read(Path file) {
    try {
      var problems = new JsonProblems();
      JsonFields fields = JsonFields.of(StrictJson.read(Files.readAllBytes(file)), "", problems);
      JsonNode facts = Objects.requireNonNull(fields.node("facts"));
      var read =
          new PlannedCase(
              file.getFileName().toString().replace(".json", ""),
              FactsReader.read(facts, "/facts", problems),
              Assumptions.read(fields, Instant.EPOCH));
      fields.end();
      problems.throwIfAny();
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ContactCalendar calendar() {
    return Walk.of(ShippedEngine.get(), facts, assumptions);
  }

  Path golden() {
    return FOLDER.resolve(name + ".txt");
  }
}
