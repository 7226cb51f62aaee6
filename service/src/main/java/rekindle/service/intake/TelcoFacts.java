package rekindle.service.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Value;

/**
 * The published subscribers of IBM's Telco Customer Churn, one contact each.
 *
 * <p>The file has no date. It says, at a snapshot, since how many months a person had subscribed
 * and whether they left within the last month before it. The snapshot is the start of the UTC day
 * {@value #SNAPSHOT_DAYS} days before {@code asOf}, and who left is taken to have left at the
 * snapshot, the latest instant that the file permits. So an end is more than 30 days ago, and a
 * service that ended so long ago was not used in the last 30 days. Who had not left at the snapshot
 * counts as active. The file does not say where the people live: they have no jurisdiction.
 */
public final class TelcoFacts implements FactsSource {
  /** Days from the snapshot to {@code asOf}. */
  public static final int SNAPSHOT_DAYS = 31;

  private static final BigDecimal MOST_MONEY = new BigDecimal("999999999");
  private static final String COLUMNS =
      "gender,SeniorCitizen,Partner,Dependents,PhoneService,MultipleLines,InternetService,"
          + "OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,"
          + "Contract,PaperlessBilling,PaymentMethod,MonthlyCharges";

  private final InputFile file;
  private final String program;

  /**
   * @param program the program of every contact, {@code telecom} unless told otherwise
   */
  public TelcoFacts(InputFile file, String program) {
    this.file = file;
    this.program = program;
  }

  @Override
  public void read(Instant asOf, IntakeLog log, Consumer<ContactFacts> sink) throws IOException {
    Instant snapshot = asOf.minus(SNAPSHOT_DAYS, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    var shape = CsvShape.of(file.name(), "customerID,tenure,TotalCharges,Churn", COLUMNS);
    Set<String> seen = new HashSet<>();
    try (CsvTable table = CsvTable.open(shape, file.open(), log)) {
      TypedRow row = table.isReadable() ? table.next() : null;
      for (; row != null; row = table.next()) {
        ContactFacts facts = facts(row, snapshot, seen);
        if (facts != null) {
          sink.accept(facts);
        }
      }
    }
    log.note(seen.size() + " subscribers read");
  }

  private @Nullable ContactFacts facts(TypedRow row, Instant snapshot, Set<String> seen) {
    String id = row.requiredId("customerID");
    if (id != null && !seen.add(id)) {
      row.error("customerID", id, "The subscriber stands in the file already; keep one row.");
    }
    row.required("tenure");
    row.count("tenure");
    BigDecimal paid = row.decimal("TotalCharges", BigDecimal.ZERO, MOST_MONEY);
    Boolean left = row.required("Churn") == null ? null : row.yesNo("Churn");
    if (row.isBad() || id == null || left == null) {
      return null;
    }
    var subscription =
        left
            ? new Subscription("cancelled", snapshot, null, 0L)
            : new Subscription("active", null, null, null);
    return Contacts.facts(
        Contacts.of(
            id, program, "b2c", "individual", left ? "former_customer" : "customer", List.of()),
        new Lifecycle(subscription, null, null, null, null, null),
        new Value("USD", paid, null, null));
  }
}
