package rekindle.service.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.channel.ChannelTables;
import rekindle.decision.Decision.Money;
import rekindle.eligibility.RequiredElements;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseReader;
import rekindle.table.TypedRow;
import rekindle.touch.CadenceTables;

/** The shipped tables, a complete sender, and messages as decisions on them would ask for. */
public final class ShippedMessages {
  static final Release RELEASE = read();
  static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");
  static final String UNSUBSCRIBE = "https://news.example.com/u/AbC-_9";
  static final Sender SENDER =
      new Sender(
          "Acme & Söhne",
          "#1d4f91",
          "1 Main Street, Springfield, IL 62701, USA",
          "help@example.com",
          "https://example.com/privacy",
          "https://example.com/imprint",
          "+1 217 555 0100",
          "36111",
          Set.of("registered_sender", "dlt_header", "dlt_template", "approved_template"));

  private ShippedMessages() {}

  /** A template that some decision can name. */
  record Template(String name, String sequence, Channel channel, boolean offer) {}

  /** A message that may be sent. */
  public static PassedMessage passed() {
    RenderedMessage message = new Messages(SENDER).render(request("stalled.3.email", allFields()));
    return new Preflight(SENDER, demands())
        .check(message, List.of("US"), List.of(), NOW)
        .passed()
        .orElseThrow();
  }

  private static Release read() {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      try {
        workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Objects.requireNonNull(ReleaseReader.read(workbooks).release());
  }

  /** Every step on every channel that it lists, and on those that stand in for them. */
  static List<Template> templates() {
    var fallbacks = new TreeSet<String>();
    RELEASE
        .table(ChannelTables.FALLBACK)
        .rows()
        .forEach(row -> fallbacks.addAll(row.codes("channels")));
    var templates = new TreeMap<String, Template>();
    for (TypedRow row : RELEASE.table(CadenceTables.STEPS).rows()) {
      var channels = new ArrayList<>(row.codes("channels"));
      channels.addAll(fallbacks);
      for (String sequence : row.codes("sequence")) {
        for (String channel : channels) {
          String name =
              sequence + "." + row.number("step").orElseThrow().toBigInteger() + "." + channel;
          templates.put(
              name,
              new Template(name, sequence, Channel.of(channel).orElseThrow(), row.isYes("offer")));
        }
      }
    }
    // Members of an audience get no message.
    templates.values().removeIf(template -> template.channel() == Channel.PAID_MEDIA);
    return List.copyOf(templates.values());
  }

  static Demands demands() {
    var elements = new RequiredElements(RELEASE);
    return (channel, places, at) ->
        elements.of(channel, places, List.of(LocalDate.parse("2026-12-01")));
  }

  static Map<MergeField, String> allFields() {
    var fields = new EnumMap<MergeField, String>(MergeField.class);
    fields.put(MergeField.FIRST_NAME, "Zoë <b>");
    fields.put(MergeField.COMPANY, "O'Neil & Co");
    fields.put(MergeField.PRODUCT, "the team plan");
    fields.put(MergeField.LOSS_REASON_TEXT, "the price was above your budget");
    fields.put(MergeField.QUOTED_PRICE, "USD 12,000");
    fields.put(MergeField.LAST_TOPIC, "single sign-on");
    fields.put(MergeField.NEWS_TEXT, "Single sign-on is there.");
    fields.put(MergeField.PROOF_TEXT, "Blue Ltd moved in a week.");
    fields.put(MergeField.OFFER_TERMS, "For one account, once.");
    fields.put(MergeField.SENDER_NAME, "Kim");
    fields.put(MergeField.CALENDAR_LINK, "https://cal.example.com/kim");
    fields.put(MergeField.CALENDAR_LINK_2, "https://cal.example.com/lee?x=1");
    fields.put(MergeField.CONTENT_LINK, "https://example.com/guide#part");
    fields.put(MergeField.ACCOUNT_LINK, "https://example.com/account");
    fields.put(MergeField.CONFIRM_LINK, "https://example.com/confirm");
    return fields;
  }

  static Offer offer(String code) {
    return new Offer(
        code, new Money(new BigDecimal("500.00"), "USD"), Instant.parse("2027-01-30T17:00:00Z"));
  }

  static MessageRequest request(
      Template template, Map<MergeField, String> fields, @Nullable Offer offer, Set<String> needs) {
    return new MessageRequest(
        template.name(),
        template.sequence(),
        template.channel(),
        "en",
        fields,
        offer,
        needs,
        template.channel() == Channel.PHONE || template.channel() == Channel.LINKEDIN
            ? null
            : UNSUBSCRIBE,
        ZoneId.of("America/New_York"));
  }

  static MessageRequest request(String name, Map<MergeField, String> fields) {
    Template template =
        templates().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    return request(template, fields, template.offer() ? offer("usage_credits") : null, Set.of());
  }
}
