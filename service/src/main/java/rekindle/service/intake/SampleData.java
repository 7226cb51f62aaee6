package rekindle.service.intake;

import java.time.Instant;
import java.util.List;

/**
 * The sample in the jar: extracts of two published files and a fictional CRM, each with a clock of
 * its own, so that its decisions never change.
 *
 * @param name what the command line calls such files
 * @param asOf the instant that the sample is decided at
 * @param source its files
 */
public record SampleData(String name, Instant asOf, FactsSource source) {
  private static final String FOLDER = "/sample/";
  private static final Instant SPRING_2026 = Instant.parse("2026-03-10T17:00:00Z");
  private static final Instant AFTER_THE_LAST_INVOICE = Instant.parse("2011-12-10T00:00:00Z");

  /** The three samples. */
  public static List<SampleData> all() {
    return List.of(telco(), onlineRetail(), crm());
  }

  /** About 400 of IBM's 7,043 subscribers. */
  public static SampleData telco() {
    InputFile file = InputFile.resource(FOLDER + "telco/telco.csv");
    return new SampleData("telco", SPRING_2026, new TelcoFacts(file, "telecom"));
  }

  /** All lines of about 200 of the 4,372 customers of UCI's Online Retail. */
  public static SampleData onlineRetail() {
    InputFile file = InputFile.resource(FOLDER + "online-retail/online_retail.csv.gz");
    return new SampleData("online-retail", AFTER_THE_LAST_INVOICE, new RetailFacts(file, "retail"));
  }

  /** About 300 contacts of nobody, in the standard CSV files. */
  public static SampleData crm() {
    List<InputFile> folder =
        CrmShapes.ALL.stream().map(s -> InputFile.resource(FOLDER + "crm/" + s.file())).toList();
    return new SampleData("crm", SPRING_2026, new CrmFacts(folder, null));
  }
}
