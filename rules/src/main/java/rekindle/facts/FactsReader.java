package rekindle.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.code.Currencies;
import rekindle.code.Jurisdictions;
import rekindle.code.TimeZones;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.facts.ContactFacts.Value;
import rekindle.json.CanonicalJson;
import rekindle.json.Check;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonLimits;
import rekindle.json.JsonProblems;
import rekindle.json.Nearest;
import rekindle.json.StrictJson;

/**
 * Reads facts documents, the contract's section 2, strictly: every unknown field, wrong type,
 * unknown code, bad instant, bad decimal and missing field is a problem with its pointer, all of
 * them at once. What is absent or null stays unknown. Thread-safe.
 */
public final class FactsReader {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_WORD = 100;
  private static final int MOST_STEPS = 1000;

  private static final BigDecimal MOST_MONEY = new BigDecimal("999999999999999.999999");
  private static final BigDecimal LEAST_MONEY = MOST_MONEY.negate();

  private static final Check LANGUAGE =
      Check.form(
          Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}"),
          "is no BCP 47 language; write it like en or pt-BR");

  private static final Check CURRENCY =
      Check.of(
          Currencies::isKnown, text -> "is no ISO 4217 currency; write it like USD, EUR or INR");

  private static final Check JURISDICTION =
      Check.of(Jurisdictions::isKnown, FactsReader::noJurisdiction);

  private static final Check TIME_ZONE = Check.of(TimeZones::isKnown, FactsReader::noTimeZone);

  private FactsReader() {}

  /**
   * Reads a document given as UTF-8.
   *
   * @throws InvalidJson if the bytes are no facts document
   */
  public static ContactFacts read(byte[] utf8) {
    var problems = new JsonProblems();
    return read(StrictJson.read(utf8, JsonLimits.STANDARD, problems), problems);
  }

  /**
   * Reads a document given as text.
   *
   * @throws InvalidJson if the text is no facts document
   */
  public static ContactFacts read(String text) {
    var problems = new JsonProblems();
    return read(StrictJson.read(text, JsonLimits.STANDARD, problems), problems);
  }

  /**
   * Reads a document given as a tree.
   *
   * @throws InvalidJson if the node is no facts document
   */
  public static ContactFacts read(JsonNode node) {
    return read(Optional.of(node), new JsonProblems());
  }

  private static ContactFacts read(Optional<JsonNode> node, JsonProblems problems) {
    Optional<ContactFacts> facts = node.map(found -> read(found, "", problems));
    problems.throwIfAny();
    return facts.orElseThrow();
  }

  /**
   * Reads facts that are part of a larger document and notes their problems; where it notes any,
   * the result is not to be used.
   *
   * @param pointer where the node stands in its document
   */
  public static ContactFacts read(JsonNode node, String pointer, JsonProblems problems) {
    JsonFields fields = JsonFields.of(node, pointer, problems);
    ContactFacts facts = facts(fields);
    fields.end();
    return facts;
  }

  private static ContactFacts facts(JsonFields json) {
    return new ContactFacts(
        json.requiredObject("contact", FactsReader::contact),
        json.objectOrEmpty("reach", FactsReader::reach),
        json.objectOrEmpty("lifecycle", FactsReader::lifecycle),
        json.objectOrEmpty("value", FactsReader::value),
        json.objectOrEmpty("history", FactsReader::history),
        json.objects("consents", FactsReader::consent),
        json.objects("suppressions", FactsReader::suppression),
        json.objectOrEmpty("registry", FactsReader::registry),
        json.objects("touches", FactsReader::touch),
        json.objects("responses", FactsReader::response),
        json.objects("triggers", FactsReader::trigger),
        json.object("journey", FactsReader::journey),
        json.objectOrEmpty("channelHealth", FactsReader::channelHealth));
  }

  private static Contact contact(JsonFields json) {
    return new Contact(
        json.requiredText("id", LONGEST_ID),
        json.text("personId", LONGEST_ID),
        json.text("accountId", LONGEST_ID),
        json.text("program", LONGEST_WORD),
        json.code("business", Vocabularies.BUSINESS),
        json.text("language", LONGEST_WORD, LANGUAGE),
        json.code("subscriberType", Vocabularies.SUBSCRIBER_TYPE),
        json.code("relationship", Vocabularies.RELATIONSHIP),
        json.texts("jurisdictions", LONGEST_WORD, JURISDICTION),
        json.texts("timeZones", LONGEST_WORD, TIME_ZONE),
        json.text("source", LONGEST_WORD),
        json.text("statusAtLastTouch", LONGEST_WORD),
        json.code("lastTouchChannel", Vocabularies.CHANNEL),
        json.instant("lastEngagementAt"),
        json.instant("lastInquiryAt"),
        json.objectOrEmpty("lastInboundAt", FactsReader::lastInboundAt),
        json.codes("doNotContactScope", Vocabularies.SCOPE),
        isTrue(json.bool("globalPrivacyControl")),
        json.texts("tags", LONGEST_WORD));
  }

  private static Map<Channel, Instant> lastInboundAt(JsonFields json) {
    return byChannel(channel -> json.instant(channel.code()));
  }

  private static Map<Channel, String> reach(JsonFields json) {
    return byChannel(channel -> json.code(channel.code(), Vocabularies.reach(channel)));
  }

  private static Map<Channel, String> channelHealth(JsonFields json) {
    return byChannel(channel -> json.code(channel.code(), Vocabularies.HEALTH));
  }

  private static Lifecycle lifecycle(JsonFields json) {
    return new Lifecycle(
        json.object("subscription", FactsReader::subscription),
        json.object("orders", FactsReader::orders),
        json.instant("lastLoginAt"),
        json.object("deal", FactsReader::deal),
        json.object("meeting", FactsReader::meeting),
        json.code("funnel", Vocabularies.FUNNEL));
  }

  private static Subscription subscription(JsonFields json) {
    return new Subscription(
        json.code("status", Vocabularies.SUBSCRIPTION_STATUS),
        json.instant("endedAt"),
        json.text("reason", LONGEST_WORD),
        json.integer("usageLast30Days", 0, CanonicalJson.LARGEST_INTEGER));
  }

  private static Orders orders(JsonFields json) {
    return new Orders(
        json.integer("count", 0, CanonicalJson.LARGEST_INTEGER), json.instant("lastPurchaseAt"));
  }

  private static Deal deal(JsonFields json) {
    return new Deal(
        json.code("stage", Vocabularies.DEAL_STAGE),
        json.code("outcome", Vocabularies.DEAL_OUTCOME),
        json.instant("closedAt"),
        json.code("lossReason", Vocabularies.LOSS_REASON),
        json.decimal("quotedPrice", BigDecimal.ZERO, MOST_MONEY));
  }

  private static Meeting meeting(JsonFields json) {
    return new Meeting(
        json.instant("scheduledFor"), json.code("status", Vocabularies.MEETING_STATUS));
  }

  private static Value value(JsonFields json) {
    return new Value(
        json.text("currency", LONGEST_WORD, CURRENCY),
        json.decimal("lifetimeValue", LEAST_MONEY, MOST_MONEY),
        json.decimal("acquisitionCost", BigDecimal.ZERO, MOST_MONEY),
        json.decimal("grossMarginRate", BigDecimal.ONE.negate(), BigDecimal.ONE));
  }

  private static History history(JsonFields json) {
    return new History(
        json.instants("winBackAt"),
        isTrue(json.bool("openEscalation")),
        json.objects("incentives", FactsReader::grantedIncentive));
  }

  private static GrantedIncentive grantedIncentive(JsonFields json) {
    return new GrantedIncentive(
        json.requiredText("code", LONGEST_WORD),
        json.requiredInstant("grantedAt"),
        json.bool("redeemed"));
  }

  private static Consent consent(JsonFields json) {
    return new Consent(
        requiredChannel(json),
        json.requiredCode("basis", Vocabularies.BASIS),
        json.instant("capturedAt"),
        json.text("method", LONGEST_WORD),
        json.bool("textShown"),
        json.text("source", LONGEST_WORD),
        json.text("proofHash", LONGEST_ID),
        json.bool("noticeAtCollection"),
        json.instant("withdrawnAt"));
  }

  private static Suppression suppression(JsonFields json) {
    return new Suppression(
        json.requiredCode("scope", Vocabularies.SCOPE),
        json.requiredCode("reason", Vocabularies.SUPPRESSION_REASON),
        json.requiredInstant("since"),
        json.instant("until"));
  }

  private static Registry registry(JsonFields json) {
    return new Registry(
        json.objects("lists", FactsReader::listAnswer),
        json.object("reassigned", FactsReader::reassigned));
  }

  private static ListAnswer listAnswer(JsonFields json) {
    return new ListAnswer(
        json.requiredText("name", LONGEST_WORD),
        json.requiredBool("listed"),
        json.requiredInstant("checkedAt"));
  }

  private static Reassigned reassigned(JsonFields json) {
    return new Reassigned(
        json.requiredCode("answer", Vocabularies.REASSIGNED), json.requiredInstant("checkedAt"));
  }

  private static Touch touch(JsonFields json) {
    return new Touch(
        json.text("id", LONGEST_ID),
        json.requiredText("sequence", LONGEST_WORD),
        (int) json.requiredInteger("step", 1, MOST_STEPS),
        requiredChannel(json),
        json.requiredInstant("at"),
        json.requiredCode("outcome", Vocabularies.TOUCH_OUTCOME));
  }

  private static Response response(JsonFields json) {
    return new Response(
        json.requiredInstant("at"),
        channel(json.code("channel", Vocabularies.CHANNEL)),
        json.requiredCode("kind", Vocabularies.RESPONSE_KIND),
        json.code("disposition", Vocabularies.DISPOSITION));
  }

  private static Trigger trigger(JsonFields json) {
    return new Trigger(
        json.requiredCode("kind", Vocabularies.TRIGGER_KIND),
        json.text("topic", LONGEST_WORD),
        json.requiredInstant("at"),
        json.bool("matchesGap"));
  }

  private static Journey journey(JsonFields json) {
    return new Journey(
        json.requiredText("sequence", LONGEST_WORD),
        json.requiredInstant("enteredAt"),
        json.instant("pausedUntil"),
        json.instant("endedAt"),
        json.text("endReason", LONGEST_WORD));
  }

  private static Channel requiredChannel(JsonFields json) {
    return Channel.of(json.requiredCode("channel", Vocabularies.CHANNEL)).orElseThrow();
  }

  private static @Nullable Channel channel(@Nullable String code) {
    return code == null ? null : Channel.of(code).orElseThrow();
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  private static <T> Map<Channel, T> byChannel(Function<Channel, @Nullable T> read) {
    var map = new EnumMap<Channel, T>(Channel.class);
    for (Channel channel : Channel.ALL) {
      T value = read.apply(channel);
      if (value != null) {
        map.put(channel, value);
      }
    }
    return map;
  }

  private static String noJurisdiction(String text) {
    Optional<String> meant =
        text.startsWith("UK")
            ? Optional.of("GB" + text.substring(2)).filter(Jurisdictions::isKnown)
            : Nearest.to(text, Jurisdictions.all());
    return "is no jurisdiction; expected ISO 3166, for example US-TX or DE" + question(meant);
  }

  private static String noTimeZone(String text) {
    return "is no IANA time zone; write it like America/New_York or UTC"
        + question(Nearest.to(text, TimeZones.all()));
  }

  private static String question(Optional<String> meant) {
    return meant.map(word -> ". Did you mean " + word + "?").orElse("");
  }
}
