package rekindle.impact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * Reads the outcome of a recorded decision from its document, token by token and only what counts.
 * One for each document; confined to one thread.
 */
public final class OutcomeReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser json;
  private final Set<Channel> allowed = EnumSet.noneOf(Channel.class);
  private final List<Source> sources = new ArrayList<>();
  private @Nullable String verdict;
  private @Nullable String segment;
  private @Nullable String channel;
  private @Nullable String step;
  private @Nullable String incentive;

  private OutcomeReader(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads a decision document.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static Outcome read(byte[] document) {
    try (JsonParser json = FACTORY.createParser(document)) {
      return new OutcomeReader(json).outcome();
    } catch (IOException broken) {
      throw new IllegalArgumentException("The bytes are no decision document", broken);
    }
  }

  private Outcome outcome() throws IOException {
    json.nextToken();
    while (nextField()) {
      switch (json.currentName()) {
        case "channels" -> channels();
        case "incentive" -> incentive();
        case "reasons" -> reasons();
        case "segment" -> segment = text();
        case "touch" -> touch();
        case "trace" -> trace();
        case "verdict" -> verdict = text();
        default -> skip();
      }
    }
    if (verdict == null) {
      throw new IllegalArgumentException("A decision document without a verdict");
    }
    return new Outcome(verdict, segment, channel, step, incentive, allowed, sources);
  }

  private void channels() throws IOException {
    json.nextToken();
    while (nextField()) {
      answer(Channel.of(json.currentName()).orElseThrow(IllegalArgumentException::new));
    }
  }

  private void answer(Channel of) throws IOException {
    String basis = null;
    String row = null;
    String rule = null;
    int ground = sources.size();
    json.nextToken();
    while (nextField()) {
      switch (json.currentName()) {
        case "allowed" -> {
          if (json.nextToken() == JsonToken.VALUE_TRUE) {
            allowed.add(of);
          }
        }
        case "basis" -> basis = text();
        case "denials" -> entries(Source.DENIAL, of);
        case "row" -> row = text();
        case "rule" -> rule = text();
        default -> skip();
      }
    }
    if (basis != null) {
      sources.add(ground, new Source(Source.GROUND, of, basis, row, rule));
    }
  }

  private void reasons() throws IOException {
    entries(Source.REASON, null);
  }

  /** A list of objects with code, row and rule. */
  private void entries(String part, @Nullable Channel of) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String code = null;
      String row = null;
      String rule = null;
      while (nextField()) {
        switch (json.currentName()) {
          case "code" -> code = text();
          case "row" -> row = text();
          case "rule" -> rule = text();
          default -> skip();
        }
      }
      sources.add(new Source(part, of, code, row, rule));
    }
  }

  private void incentive() throws IOException {
    if (json.nextToken() == JsonToken.VALUE_NULL) {
      return;
    }
    while (nextField()) {
      if (json.currentName().equals("code")) {
        incentive = text();
      } else {
        skip();
      }
    }
  }

  private void touch() throws IOException {
    String sequence = "";
    int number = 0;
    json.nextToken();
    while (nextField()) {
      switch (json.currentName()) {
        case "channel" -> channel = text();
        case "sequence" -> sequence = text();
        case "step" -> number = json.nextIntValue(0);
        default -> skip();
      }
    }
    step = sequence + " " + number;
  }

  private void trace() throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String row = null;
      String rule = null;
      String stage = "";
      while (nextField()) {
        switch (json.currentName()) {
          case "row" -> row = text();
          case "rule" -> rule = text();
          case "stage" -> stage = json.nextTextValue();
          default -> skip();
        }
      }
      if (Outcome.isOfStage(stage)) {
        sources.add(new Source(stage, null, null, row, rule));
      }
    }
  }

  private boolean nextField() throws IOException {
    return json.nextToken() == JsonToken.FIELD_NAME;
  }

  private @Nullable String text() throws IOException {
    return json.nextTextValue();
  }

  private void skip() throws IOException {
    json.nextToken();
    json.skipChildren();
  }
}
