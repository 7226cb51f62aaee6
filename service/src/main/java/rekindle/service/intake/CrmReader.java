package rekindle.service.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.code.Currencies;
import rekindle.code.Vocabulary;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.Vocabularies;
import rekindle.service.address.Address;
import rekindle.service.hash.Sha256;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Purchase;
import rekindle.service.record.Records;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows;

/**
 * Reads a folder of standard CSV files. A bad row is left out and reported; the contact that it is
 * about is held back, except for a bad consent that is not withdrawn, whose absence permits
 * nothing.
 */
final class CrmReader {
  private static final BigDecimal MOST_MONEY = new BigDecimal("999999999999999");
  private static final Vocabulary ANSWER =
      Vocabulary.of(
          "registry answer",
          "listed",
          "the list holds the number",
          "not_listed",
          "the list does not hold the number",
          "yes",
          "listed, or reassigned",
          "no",
          "not listed, or not reassigned",
          "no_data",
          "the database of reassigned numbers does not know");

  private final Map<String, InputFile> files = new HashMap<>();
  private final IntakeLog log;
  private final CrmContactReader contactReader;
  private final Records data = new Records();
  private boolean readable = true;

  private CrmReader(IntakeLog log, @Nullable String program) {
    this.log = log;
    this.contactReader = new CrmContactReader(program);
  }

  /**
   * @param program the program of every contact, whatever its row says; null = as the row says
   * @return the rows; empty if the header of any file is not as it must be, since a column that is
   *     passed over could hold a revocation
   */
  static Records read(List<InputFile> folder, @Nullable String program, IntakeLog log)
      throws IOException {
    var reader = new CrmReader(log, program);
    reader.name(folder);
    reader.contacts();
    reader.related();
    return reader.readable ? reader.data : new Records();
  }

  private void name(List<InputFile> folder) throws NoSuchFileException {
    List<String> known = CrmShapes.ALL.stream().map(CsvShape::file).toList();
    for (InputFile file : folder) {
      String plain = file.name().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
      if (!known.contains(plain)) {
        readable = false;
        log.error(
            file.name(),
            0,
            null,
            null,
            "There is no standard file of that name; expected "
                + Suggestion.anyOf(known)
                + "."
                + Suggestion.didYouMean(plain, known));
      } else if (files.put(plain, file) != null) {
        readable = false;
        log.error(file.name(), 0, null, null, "The file is there twice; remove one of them.");
      }
    }
    if (!files.containsKey(CrmShapes.CONTACTS.file())) {
      throw new NoSuchFileException(
          CrmShapes.CONTACTS.file(), null, "the folder must hold at least contacts.csv");
    }
  }

  private void contacts() throws IOException {
    Map<String, List<String>> seen = new HashMap<>();
    Map<String, Long> lines = new HashMap<>();
    rows(
        CrmShapes.CONTACTS,
        row -> {
          String id = row.requiredId("id");
          if (id == null) {
            return;
          }
          ContactRecord contact = contactReader.read(row, id);
          List<String> before = seen.putIfAbsent(id, row.cells());
          if (before != null) {
            row.error("id", id, "The id stands on line " + lines.get(id) + " already.");
            if (before.equals(row.cells())) {
              return;
            }
          } else {
            lines.put(id, row.line());
            data.contacts.put(id, contact);
          }
          if (row.isBad()) {
            hold(id, CrmShapes.CONTACTS.file(), row.line());
          }
        });
  }

  private void related() throws IOException {
    rows(CrmShapes.CONSENTS, this::consent);
    rows(CrmShapes.SUPPRESSIONS, keep(data.suppressions, CrmReader::suppression));
    rows(CrmShapes.SUBSCRIPTIONS, keep(data.subscriptions, CrmReader::subscription));
    rows(CrmShapes.ORDERS, keep(data.purchases, CrmReader::purchase));
    rows(CrmShapes.DEALS, keep(data.deals, CrmReader::deal));
    rows(CrmShapes.MEETINGS, keep(data.meetings, CrmReader::meeting));
    rows(CrmShapes.ACTIVITIES, keep(data.responses, CrmReader::response));
    rows(CrmShapes.REGISTRY, keep(data.registry, CrmReader::registryAnswer));
    rows(CrmShapes.INCENTIVES, keep(data.incentives, CrmReader::incentive));
    rows(CrmShapes.WIN_BACKS, keep(data.winBacks, row -> row.requiredInstant("at")));
  }

  private void rows(CsvShape shape, java.util.function.Consumer<CsvRow> read) throws IOException {
    InputFile file = files.get(shape.file());
    if (file == null) {
      return;
    }
    try (CsvTable table = CsvTable.open(shape, file.open(), log)) {
      readable &= table.isReadable();
      long rows = 0;
      CsvRow row = table.isReadable() ? table.next() : null;
      for (; row != null; row = table.next()) {
        read.accept(row);
        rows++;
      }
      log.note(rows + " rows of " + shape.file() + " read");
    }
  }

  /** Reads a row, keeps its value if the whole row is good, and holds its contact back if not. */
  private <T> java.util.function.Consumer<CsvRow> keep(
      Rows<T> rows, Function<CsvRow, @Nullable T> read) {
    Map<String, List<String>> seen = new HashMap<>();
    return row -> {
      String contactId = contactId(row);
      String id = Objects.requireNonNullElse(row.id("id"), "");
      T value = read.apply(row);
      List<String> before = id.isEmpty() ? null : seen.putIfAbsent(id, row.cells());
      if (before != null) {
        row.error("id", id, "The id stands in the file already; keep one row.");
        if (before.equals(row.cells())) {
          return;
        }
      }
      if (row.isBad()) {
        hold(contactId, row.file(), row.line());
      } else if (contactId != null && value != null) {
        rows.add(new Rows.Row<>(id, contactId, row.line(), value));
      }
    };
  }

  private @Nullable String contactId(CsvRow row) {
    String id = row.requiredId("contact_id");
    if (id != null && !data.contacts.containsKey(id)) {
      row.error("contact_id", id, "There is no contact of that id in contacts.csv.");
    }
    return id;
  }

  private void hold(@Nullable String contactId, String file, long line) {
    if (contactId != null) {
      data.heldBack.putIfAbsent(contactId, HeldBack.because(file, line));
    }
  }

  private void consent(CsvRow row) {
    String contactId = contactId(row);
    String channel = row.requiredCode("channel", Vocabularies.CHANNEL);
    String basis = row.requiredCode("basis", Vocabularies.BASIS);
    String proof = row.cell("proof_uri");
    Instant withdrawnAt = row.instant("withdrawn_at");
    Instant capturedAt = row.instant("captured_at");
    String method = row.code("method", Vocabularies.METHOD);
    Boolean textShown = row.yesNo("text_shown");
    String source = row.text("source");
    Boolean notice = row.yesNo("notice_at_collection");
    if (row.isBad() || contactId == null || channel == null || basis == null) {
      if (row.cell("withdrawn_at") != null) {
        hold(contactId, row.file(), row.line());
      }
      return;
    }
    var consent =
        new Consent(
            Channel.of(channel).orElseThrow(),
            basis,
            capturedAt,
            method,
            textShown,
            source,
            proof == null ? null : "sha256:" + Sha256.hex(proof.getBytes(StandardCharsets.UTF_8)),
            notice,
            withdrawnAt);
    data.consents.add(
        new Rows.Row<>(
            "",
            contactId,
            row.line(),
            new AddressedConsent(consent, address(row, contactId), proof)));
  }

  private @Nullable String address(CsvRow row, String contactId) {
    String address = row.cell("address");
    ContactRecord contact = data.contacts.get(contactId);
    return address == null
        ? null
        : Address.normalised(address, contact == null ? null : contact.country());
  }

  private static @Nullable Suppression suppression(CsvRow row) {
    String scope = row.requiredCode("scope", Vocabularies.SCOPE);
    String reason = row.requiredCode("reason", Vocabularies.SUPPRESSION_REASON);
    Instant since = row.requiredInstant("since");
    Instant until = row.instant("until");
    return scope == null || reason == null || since == null
        ? null
        : new Suppression(scope, reason, since, until);
  }

  private static Subscription subscription(CsvRow row) {
    row.requiredId("id");
    return new Subscription(
        row.code("status", Vocabularies.SUBSCRIPTION_STATUS),
        row.instant("ended_at"),
        row.text("reason"),
        row.count("usage_last_30_days"));
  }

  private static @Nullable Purchase purchase(CsvRow row) {
    row.requiredId("id");
    Instant at = row.requiredInstant("ordered_at");
    BigDecimal amount = row.decimal("amount", MOST_MONEY.negate(), MOST_MONEY);
    String currency = row.cell("currency");
    if (currency != null && !Currencies.isKnown(currency)) {
      row.error("currency", currency, "That is no ISO 4217 currency; write it like USD or EUR.");
    }
    boolean cancelled = Boolean.TRUE.equals(row.yesNo("cancelled"));
    return at == null ? null : new Purchase(at, amount, currency, cancelled);
  }

  private static Deal deal(CsvRow row) {
    row.requiredId("id");
    return new Deal(
        row.code("stage", Vocabularies.DEAL_STAGE),
        row.code("outcome", Vocabularies.DEAL_OUTCOME),
        row.instant("closed_at"),
        row.code("loss_reason", Vocabularies.LOSS_REASON),
        row.decimal("quoted_price", BigDecimal.ZERO, MOST_MONEY));
  }

  private static Meeting meeting(CsvRow row) {
    row.requiredId("id");
    return new Meeting(
        row.instant("scheduled_for"), row.code("status", Vocabularies.MEETING_STATUS));
  }

  private static @Nullable Response response(CsvRow row) {
    row.requiredId("id");
    Instant at = row.requiredInstant("at");
    String channel = row.code("channel", Vocabularies.CHANNEL);
    String kind = row.requiredCode("kind", Vocabularies.RESPONSE_KIND);
    String disposition = row.code("disposition", Vocabularies.DISPOSITION);
    return at == null || kind == null
        ? null
        : new Response(
            at, channel == null ? null : Channel.of(channel).orElseThrow(), kind, disposition);
  }

  private static @Nullable RegistryAnswer registryAnswer(CsvRow row) {
    String registry = row.required("registry");
    boolean reassigned = "reassigned".equals(registry);
    if (registry != null && !reassigned) {
      registry = row.code("registry", Vocabularies.LIST);
    }
    String answer = row.requiredCode("answer", ANSWER);
    Instant checkedAt = row.requiredInstant("checked_at");
    if (answer != null && answer.equals(reassigned ? "listed" : "no_data")) {
      row.error(
          "answer",
          answer,
          reassigned ? "Expected yes, no or no_data." : "Expected listed or not_listed.");
    }
    return registry == null || answer == null || checkedAt == null
        ? null
        : new RegistryAnswer(registry, answer, checkedAt);
  }

  private static @Nullable GrantedIncentive incentive(CsvRow row) {
    String code = row.requiredCode("code", Vocabularies.INCENTIVE);
    Instant grantedAt = row.requiredInstant("granted_at");
    Boolean redeemed = row.yesNo("redeemed");
    return code == null || grantedAt == null
        ? null
        : new GrantedIncentive(code, grantedAt, redeemed);
  }
}
