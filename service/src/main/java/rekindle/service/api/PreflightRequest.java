package rekindle.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.Check;
import rekindle.json.Found;
import rekindle.json.JsonFields;
import rekindle.service.message.Draft;

/**
 * A message to be checked, and for where; every candidate jurisdiction, none where none is known.
 */
record PreflightRequest(Channel channel, List<String> jurisdictions, Draft draft) {
  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_SUBJECT = 1_000;
  private static final int LONGEST_TEXT = 200_000;
  private static final int LONGEST_HEADER = 4_000;
  private static final int HEADERS_MAX = 100;
  private static final Pattern HEADER_NAME = Pattern.compile("[!-~&&[^:]]{1,100}");
  private static final Check JURISDICTION =
      Check.of(Jurisdictions::isKnown, text -> "is no jurisdiction; write it like US, US-TX or DE");

  static PreflightRequest read(JsonFields fields) {
    String channel = fields.requiredCode("channel", Vocabularies.CHANNEL);
    List<String> jurisdictions = fields.texts("jurisdictions", LONGEST_CODE, JURISDICTION);
    Draft draft = fields.requiredObject("message", PreflightRequest::draft);
    return new PreflightRequest(Channel.of(channel).orElse(Channel.EMAIL), jurisdictions, draft);
  }

  private static Draft draft(JsonFields fields) {
    String subject = any(fields, "subject", LONGEST_SUBJECT);
    String text = any(fields, "text", LONGEST_TEXT);
    String html = any(fields, "html", LONGEST_TEXT);
    return new Draft(subject, text, html, headers(fields));
  }

  /** Line breaks and whatever else a message may hold. */
  private static @Nullable String any(JsonFields fields, String name, int longest) {
    JsonNode node = fields.node(name);
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      fields.problem(name, "expected a text, found " + Found.describe(node));
      return null;
    }
    if (node.textValue().length() > longest) {
      fields.problem(
          name,
          "has %d characters; at most %d are read".formatted(node.textValue().length(), longest));
      return null;
    }
    return node.textValue();
  }

  private static Map<String, String> headers(JsonFields fields) {
    JsonNode node = fields.node("headers");
    var headers = new TreeMap<String, String>();
    if (node != null && node.size() > HEADERS_MAX) {
      fields.problem("headers", "has more than " + HEADERS_MAX + " fields");
      return headers;
    }
    return fields.objectOrEmpty("headers", each -> headers(each, node));
  }

  private static Map<String, String> headers(JsonFields each, @Nullable JsonNode node) {
    var headers = new TreeMap<String, String>();
    if (node != null) {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                String value = any(each, name, LONGEST_HEADER);
                if (!HEADER_NAME.matcher(name).matches()) {
                  each.problem(name, "is no name of a header field");
                } else if (value != null) {
                  headers.put(name, value);
                }
              });
    }
    return headers;
  }
}
