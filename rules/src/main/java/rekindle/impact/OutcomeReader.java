package rekindle.impact;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * Reads the outcome of a recorded decision from its canonical document, token by token and only
 * what counts. One for each document; confined to one thread.
 */
final class OutcomeReader {
  private static final String VERDICT = "\"verdict\":\"";

  private final Tokens json;
  private final Set<Channel> allowed = EnumSet.noneOf(Channel.class);
  private final Map<Channel, List<String>> denials = new EnumMap<>(Channel.class);
  private final Details details = new Details();
  private @Nullable String segment;
  private @Nullable String channel;
  private @Nullable String step;
  private @Nullable String incentive;

  private OutcomeReader(Tokens json) {
    this.json = json;
  }

  /**
   * Reads a decision document.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  static Outcome read(byte[] document) {
    try (JsonParser parser = Tokens.parser(document)) {
      return new OutcomeReader(new Tokens(parser)).outcome(verdict(document));
    } catch (IOException broken) {
      throw new IllegalArgumentException("The bytes are no decision document", broken);
    }
  }

  /** The verdict stands last, behind the trace, which is half of the document. */
  private static String verdict(byte[] document) {
    int end = document.length - 2;
    int start = end;
    while (start > 0 && document[start - 1] != '"') {
      start--;
    }
    int key = start - VERDICT.length();
    for (int i = 0; i < VERDICT.length(); i++) {
      if (key < 0 || document[key + i] != VERDICT.charAt(i)) {
        throw new IllegalArgumentException("The bytes do not end as a decision document does");
      }
    }
    return Tokens.ascii(document, start, end);
  }

  private Outcome outcome(String verdict) throws IOException {
    json.enter();
    boolean more = true;
    while (more && json.nextField()) {
      switch (json.name()) {
        case "channels" -> channels();
        case "cohort", "group", "offerAngle", "recheckAt" -> details.add(json.text());
        case "experiments" -> experiments();
        case "incentive" -> incentive();
        case "segment" -> segment = json.text();
        case "tier" -> details.add(json.number());
        case "touch" -> touch();
        case "trace" -> more = false;
        default -> json.skip();
      }
    }
    return new Outcome(
        verdict, segment, channel, step, incentive, allowed, denials, details.hash());
  }

  private void channels() throws IOException {
    json.enter();
    while (json.nextField()) {
      Channel of = json.channel();
      json.enter();
      while (json.nextField()) {
        switch (json.name()) {
          case "allowed" -> {
            if (json.next() == JsonToken.VALUE_TRUE) {
              allowed.add(of);
            }
          }
          case "denials" -> denials(of);
          default -> json.skip();
        }
      }
    }
  }

  private void denials(Channel of) throws IOException {
    json.enter();
    while (json.next() == JsonToken.START_OBJECT) {
      while (json.nextField()) {
        switch (json.name()) {
          case "code" -> Outcome.add(denials, of, String.valueOf(json.text()));
          case "until" -> details.add(json.text());
          default -> json.skip();
        }
      }
    }
  }

  private void experiments() throws IOException {
    json.enter();
    while (json.next() == JsonToken.START_OBJECT) {
      while (json.nextField()) {
        details.add(json.text());
      }
    }
  }

  private void incentive() throws IOException {
    if (json.next() != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "code" -> incentive = json.text();
        case "cost", "value" -> money();
        case "validUntil" -> details.add(json.text());
        default -> json.skip();
      }
    }
  }

  private void money() throws IOException {
    if (json.next() == JsonToken.START_OBJECT) {
      while (json.nextField()) {
        details.add(json.text());
      }
    }
  }

  private void touch() throws IOException {
    String sequence = "";
    String number = "";
    json.enter();
    while (json.nextField()) {
      switch (json.name()) {
        case "by", "language", "notAfter", "notBefore", "purpose", "template" ->
            details.add(json.text());
        case "channel" -> channel = json.text();
        case "of" -> details.add(json.number());
        case "requiredElements" -> {
          json.enter();
          while (json.next() == JsonToken.VALUE_STRING) {
            details.add(json.present());
          }
        }
        case "sequence" -> sequence = String.valueOf(json.text());
        case "step" -> number = String.valueOf(json.number());
        default -> json.skip();
      }
    }
    step = sequence + " " + number;
  }
}
