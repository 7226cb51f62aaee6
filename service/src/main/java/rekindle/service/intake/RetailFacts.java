package rekindle.service.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Value;

/**
 * The order lines of UCI's Online Retail, one contact for each customer number, by number. Lines
 * without one are guests, who are nobody; an invoice whose number starts with C is a cancellation,
 * and no purchase; lines dated after {@code asOf} are not known yet.
 *
 * <p>Times of the file are the shop's wall clock, Europe/London, without saying so. A purchase is
 * known to the day: it counts until its day has ended, in UTC, which is when it has ended in London
 * too, and never beyond {@code asOf}. With that, "more than N days ago" at a midnight means that N
 * whole days lie between, which is how the published counts of lapsed customers were made.
 *
 * <p>Kept in memory: one entry for each customer and invoice, never the lines.
 */
public final class RetailFacts implements FactsSource {
  private static final ZoneId SHOP = ZoneId.of("Europe/London");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm[:ss]", Locale.ROOT);
  private static final int PROGRESS_LINES = 100_000;
  private static final BigDecimal MOST = new BigDecimal("999999999");

  private final InputFile file;
  private final String program;

  /** What is known of one customer so far. */
  private static final class Customer {
    private final Set<String> invoices = new HashSet<>();
    private final Set<String> countries = new TreeSet<>();
    private @Nullable LocalDateTime lastPurchase;
    private BigDecimal spent = BigDecimal.ZERO;
    private long badLine;
  }

  /**
   * @param program the program of every contact, {@code retail} unless told otherwise
   */
  public RetailFacts(InputFile file, String program) {
    this.file = file;
    this.program = program;
  }

  @Override
  public void read(Instant asOf, IntakeLog log, Consumer<ContactFacts> sink) throws IOException {
    var shape =
        CsvShape.of(
            file.name(),
            "InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "StockCode,Description");
    Map<String, Customer> customers = new TreeMap<>();
    long lines = 0;
    try (CsvTable table = CsvTable.open(shape, file.open(), log)) {
      TypedRow row = table.isReadable() ? table.next() : null;
      for (; row != null; row = table.next()) {
        if (row.cell("CustomerID") != null) {
          add(row, asOf, customers);
        }
        if (++lines % PROGRESS_LINES == 0) {
          log.note(lines + " lines read");
        }
      }
    }
    log.note(lines + " lines read, " + customers.size() + " customers");
    customers.forEach(
        (id, customer) -> {
          if (customer.badLine == 0) {
            sink.accept(facts(id, customer, asOf));
          } else {
            log.error(
                file.name(),
                customer.badLine,
                "CustomerID",
                id,
                HeldBack.because(file.name(), customer.badLine));
          }
        });
  }

  private static void add(TypedRow row, Instant asOf, Map<String, Customer> customers) {
    String id = row.requiredId("CustomerID");
    String invoice = row.required("InvoiceNo");
    LocalDateTime at = time(row);
    BigDecimal quantity = row.decimal("Quantity", MOST.negate(), MOST);
    BigDecimal price = row.decimal("UnitPrice", MOST.negate(), MOST);
    if (id == null) {
      return;
    }
    if (at != null && at.atZone(SHOP).toInstant().isAfter(asOf)) {
      return;
    }
    Customer customer = customers.computeIfAbsent(id, key -> new Customer());
    if (row.isBad() || invoice == null || at == null) {
      customer.badLine = customer.badLine == 0 ? row.line() : customer.badLine;
      return;
    }
    customer.countries.addAll(RetailCountries.codes(row));
    if (quantity != null && price != null) {
      customer.spent = customer.spent.add(quantity.multiply(price));
    }
    if (!invoice.startsWith("C")) {
      customer.invoices.add(invoice);
      if (customer.lastPurchase == null || customer.lastPurchase.isBefore(at)) {
        customer.lastPurchase = at;
      }
    }
  }

  private static @Nullable LocalDateTime time(TypedRow row) {
    String text = row.required("InvoiceDate");
    if (text == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(text, TIME);
    } catch (DateTimeException notOne) {
      row.error("InvoiceDate", text, "Expected a date and time such as 2011-12-09 12:50:00.");
      return null;
    }
  }

  private ContactFacts facts(String id, Customer customer, Instant asOf) {
    var orders = new Orders((long) customer.invoices.size(), endOfDay(customer.lastPurchase, asOf));
    BigDecimal spent = customer.spent.max(BigDecimal.ZERO).setScale(2, RoundingMode.HALF_UP);
    return Contacts.facts(
        Contacts.of(id, program, null, null, "customer", List.copyOf(customer.countries)),
        new Lifecycle(null, orders, null, null, null, null),
        new Value("GBP", spent, null, null));
  }

  private static @Nullable Instant endOfDay(@Nullable LocalDateTime at, Instant asOf) {
    if (at == null) {
      return null;
    }
    Instant end = at.toLocalDate().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return end.isAfter(asOf) ? asOf : end;
  }
}
