package rekindle.service.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.CanonicalJson;
import rekindle.json.Check;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.Rfc3339;
import rekindle.service.address.Address;
import rekindle.service.address.EmailAddress;
import rekindle.service.address.PhoneNumber;
import rekindle.service.record.Records;

/**
 * One event about a contact as a JSON document: what somebody said or did, or what changed in the
 * system of record. It names the contact by its id, or by an address; read strictly and whole.
 *
 * @param at when it happened, never later than it was received
 * @param kind a response's, or {@link #LIFECYCLE}
 * @param contactId null where an address names the contact
 * @param address normalised; null where an id names the contact
 * @param text what the person wrote, of a reply or an opt-out
 * @param scope what an opt-out ends, beyond what its row says
 * @param reason of an opt-out, a suppression's; null for a plain one
 * @param related records of the contact, which name none
 * @param json the document itself, in plain form
 */
public record EventDocument(
    String source,
    String id,
    Instant at,
    String kind,
    @Nullable String contactId,
    @Nullable String address,
    @Nullable Channel channel,
    @Nullable String disposition,
    @Nullable String text,
    @Nullable String language,
    List<String> scope,
    @Nullable String reason,
    Records related,
    Set<FileType> told,
    String json) {
  /** Something changed in the system of record, as the arrays of the event tell. */
  public static final String LIFECYCLE = "lifecycle";

  private static final int LONGEST_ID = 200;
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_LANGUAGE = 35;
  private static final int LONGEST_TEXT = 100_000;

  private static final Vocabulary KIND = kinds();
  private static final List<Related<?>> RECORDS =
      Related.ALL.stream().filter(kind -> kind.type() != FileType.ACTIVITIES).toList();
  private static final Check LANGUAGE =
      Check.form(
          Pattern.compile("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*"),
          "is no language; write it like en or pt-BR");
  private static final Check CONTACT =
      Check.of(
          TypedRow::isKey,
          text -> "is no key of the system of record; name an address by email or phone");

  private static Vocabulary kinds() {
    Map<String, String> kinds = new LinkedHashMap<>(Vocabularies.RESPONSE_KIND.meanings());
    kinds.put(LIFECYCLE, "something changed in the system of record");
    return new Vocabulary("kind of event", kinds, false);
  }

  /**
   * The structured form of a CloudEvent that came in binary form.
   *
   * @param attributes by their names without {@code ce-}, in lower case
   * @param data null if the body is empty
   */
  public static JsonNode structured(Map<String, String> attributes, @Nullable JsonNode data) {
    return CloudEvent.structured(attributes, data);
  }

  /**
   * Reads an event in plain form, or a CloudEvent 1.0 in structured form, told apart by {@code
   * specversion}.
   *
   * @param pointer where it stands in its request
   * @param client whose event it is where it names no source
   * @param now when it was received
   * @param problems takes every fault; with any, the result means nothing
   */
  public static EventDocument read(
      JsonNode node, String pointer, String client, Instant now, JsonProblems problems) {
    if (node.isObject() && node.has("specversion")) {
      return CloudEvent.read(node, pointer, client, now, problems);
    }
    return read(node, pointer, JsonNodeFactory.instance.objectNode(), client, now, problems);
  }

  /**
   * @param envelope what was told beside the document: fields that it then need not have
   */
  static EventDocument read(
      JsonNode node,
      String pointer,
      ObjectNode envelope,
      String client,
      Instant now,
      JsonProblems problems) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    if (node.isObject()) {
      node.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    }
    envelope.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    JsonFields fields = JsonFields.of(node.isObject() ? whole : node, pointer, problems);
    var related = new Records();
    Set<FileType> told = EnumSet.noneOf(FileType.class);
    EventDocument event = fields(fields, whole, client, now, related, told);
    var arrays = new RelatedArray("", null, 0, problems, new ArrayList<JsonProblem>());
    for (Related<?> kind : RECORDS) {
      if (arrays.read(kind, fields, related)) {
        told.add(kind.type());
      }
    }
    if (event.kind.equals(LIFECYCLE) && told.isEmpty()) {
      fields.problem(
          "kind",
          "says that something changed, and nothing says what; add subscriptions, orders, …");
    }
    fields.end();
    return event;
  }

  private static EventDocument fields(
      JsonFields fields,
      ObjectNode whole,
      String client,
      Instant now,
      Records related,
      Set<FileType> told) {
    String source = fields.text("source", LONGEST_ID);
    String id = fields.requiredText("id", LONGEST_ID);
    Instant at = fields.instant("at");
    String kind = fields.requiredCode("kind", KIND);
    String contactId = fields.text("contactId", LONGEST_ID, CONTACT);
    String address = address(fields);
    long names = Stream.of("contactId", "email", "phone").filter(whole::hasNonNull).count();
    if (names != 1) {
      fields.problem("contactId", "name the contact by one of contactId, email and phone");
    }
    String channel = fields.code("channel", Vocabularies.CHANNEL);
    boolean no = kind.equals("opt_out");
    List<String> scope = fields.codes("scope", Vocabularies.SCOPE);
    String reason = fields.code("reason", Vocabularies.SUPPRESSION_REASON);
    if (!no && (!scope.isEmpty() || reason != null)) {
      fields.problem("scope", "scope and reason belong to an event of kind opt_out alone");
    }
    String named = source == null ? client : source;
    Instant happened = at == null || at.isAfter(now) ? now : at;
    whole.put("source", named).put("at", Rfc3339.format(happened));
    return new EventDocument(
        named,
        id,
        happened,
        kind,
        contactId,
        address,
        channel == null ? null : Channel.of(channel).orElse(null),
        fields.code("disposition", Vocabularies.DISPOSITION),
        text(fields),
        fields.text("language", LONGEST_LANGUAGE, LANGUAGE),
        scope,
        reason,
        related,
        told,
        new String(CanonicalJson.of(whole), java.nio.charset.StandardCharsets.UTF_8));
  }

  private static @Nullable String address(JsonFields fields) {
    String email = fields.text("email", LONGEST_ADDRESS);
    String phone = fields.text("phone", LONGEST_ADDRESS);
    if (email != null) {
      if (EmailAddress.normalised(email).isEmpty()) {
        fields.problem("email", "that is no e-mail address");
      }
      return Address.normalised(email, null);
    }
    if (phone != null) {
      if (PhoneNumber.e164(phone, null).isEmpty()) {
        fields.problem("phone", "that is no telephone number with its country, like +12125550109");
      }
      return Address.normalised(phone, null);
    }
    return null;
  }

  /** A text of people may hold anything but be endless. */
  private static @Nullable String text(JsonFields fields) {
    JsonNode node = fields.node("text");
    if (node == null) {
      return null;
    }
    if (!node.isTextual() || node.textValue().length() > LONGEST_TEXT) {
      fields.problem("text", "expected a text of at most " + LONGEST_TEXT + " characters");
      return null;
    }
    return node.textValue();
  }

  /** The id of the response that it is, or of a record that it makes: one for each event. */
  public String key() {
    return "event:" + source + ":" + id;
  }

  /** Whether it tells a response, and not records alone. */
  public boolean isResponse() {
    return !kind.equals(LIFECYCLE);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "event %s of %s", id, source);
  }
}
