package rekindle.service.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rekindle.facts.ContactFacts;
import rekindle.service.record.Records;

/** Standard CSV files as records, and as the facts that they tell without a store. */
public final class CrmRecords {
  private CrmRecords() {}

  /** A folder of alternating names, without {@code .csv}, and texts. */
  public static List<InputFile> folder(String... namesAndTexts) {
    var folder = new ArrayList<InputFile>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      byte[] bytes = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
      folder.add(new InputFile(namesAndTexts[i] + ".csv", () -> new ByteArrayInputStream(bytes)));
    }
    return folder;
  }

  /** The standard CSV files of the sample in the jar. */
  public static List<InputFile> sample() {
    return CrmShapes.ALL.stream()
        .map(shape -> InputFile.resource("/sample/crm/" + shape.file()))
        .toList();
  }

  public static Records read(List<InputFile> folder) {
    try {
      return CrmReader.read(folder, null, log());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The facts by contact; those held back are not among them. */
  public static Map<String, ContactFacts> facts(List<InputFile> folder, Instant asOf) {
    return facts(new CrmFacts(folder, null), asOf);
  }

  public static Map<String, ContactFacts> facts(FactsSource source, Instant asOf) {
    Map<String, ContactFacts> facts = new LinkedHashMap<>();
    try {
      source.read(asOf, log(), one -> facts.put(one.contact().id(), one));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return facts;
  }

  private static IntakeLog log() {
    return new IntakeLog(finding -> {}, note -> {});
  }
}
