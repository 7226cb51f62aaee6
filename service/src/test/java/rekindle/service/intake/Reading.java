package rekindle.service.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rekindle.facts.ContactFacts;

/** All that came out of reading a source: facts, findings and notes. */
final class Reading {
  static final Instant AS_OF = Instant.parse("2026-03-10T17:00:00Z");

  final List<ContactFacts> facts = new ArrayList<>();
  final List<IntakeFinding> findings = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  private Reading() {}

  static Reading of(FactsSource source) {
    return of(source, AS_OF);
  }

  static Reading of(FactsSource source, Instant asOf) {
    var reading = new Reading();
    try {
      source.read(
          asOf, new IntakeLog(reading.findings::add, reading.notes::add), reading.facts::add);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return reading;
  }

  /** A CRM folder of alternating names, without {@code .csv}, and texts. */
  static Reading ofCrm(String... namesAndTexts) {
    var folder = new ArrayList<InputFile>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      folder.add(file(namesAndTexts[i] + ".csv", namesAndTexts[i + 1]));
    }
    return of(new CrmFacts(folder, null));
  }

  static InputFile file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static InputFile file(String name, byte[] bytes) {
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }

  ContactFacts contact(String id) {
    Optional<ContactFacts> found =
        facts.stream().filter(one -> one.contact().id().equals(id)).findFirst();
    return found.orElseThrow(() -> new AssertionError("No facts of " + id + "; " + findings));
  }

  List<String> ids() {
    return facts.stream().map(one -> one.contact().id()).toList();
  }

  /** Findings as they are printed. */
  List<String> lines() {
    return findings.stream().map(IntakeFinding::toCsv).toList();
  }
}
