package rekindle.impact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/** The tokens of a canonical document. Confined to one thread. */
final class Tokens {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser json;

  Tokens(JsonParser json) {
    this.json = json;
  }

  static JsonParser parser(byte[] document) throws IOException {
    return FACTORY.createParser(document);
  }

  static String ascii(byte[] document, int from, int to) {
    return new String(document, from, to - from, StandardCharsets.US_ASCII);
  }

  /** Moves to the value of a field, which must be an object or a list. */
  void enter() throws IOException {
    JsonToken token = json.nextToken();
    if (token == null || !token.isStructStart()) {
      throw new IllegalArgumentException("An object or a list is expected, not " + token);
    }
  }

  @Nullable JsonToken next() throws IOException {
    return json.nextToken();
  }

  /** Moves to the next field of the object; false at its end. */
  boolean nextField() throws IOException {
    return json.nextToken() == JsonToken.FIELD_NAME;
  }

  String name() throws IOException {
    return json.currentName();
  }

  /** The channel that is the name of the field. */
  Channel channel() throws IOException {
    String code = name();
    return Channel.of(code)
        .orElseThrow(() -> new IllegalArgumentException("There is no channel " + code));
  }

  /** The text that is the value of the field; null if it is none. */
  @Nullable String text() throws IOException {
    return json.nextTextValue();
  }

  /** The text that is the present token. */
  String present() throws IOException {
    return json.getText();
  }

  /** The digits that are the value of the field; null if it has none. */
  @Nullable String number() throws IOException {
    return json.nextToken() == JsonToken.VALUE_NUMBER_INT ? json.getText() : null;
  }

  /** Passes over the value of the field. */
  void skip() throws IOException {
    json.nextToken();
    json.skipChildren();
  }
}
