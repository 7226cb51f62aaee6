package rekindle.impact;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.TraceEntry;
import rekindle.facts.Channel;

/** The rows behind a decision, in the order of its document. Confined to one thread. */
final class Sources {
  /** Stages of the trace whose rows stand with the channels that they decide about. */
  private static final Set<String> TOLD_BY_CHANNEL = Set.of("consent", "denial");

  private final Tokens json;
  private final List<Source> sources = new ArrayList<>();

  private Sources(Tokens json) {
    this.json = json;
  }

  static List<Source> of(Decision decision) {
    var sources = new ArrayList<Source>();
    decision.channels().forEach((channel, answer) -> add(channel, answer, sources));
    for (Reason reason : decision.reasons()) {
      sources.add(new Source(Source.REASON, null, reason.code(), reason.row(), reason.rule()));
    }
    for (TraceEntry entry : decision.trace()) {
      if (!TOLD_BY_CHANNEL.contains(entry.stage())) {
        sources.add(new Source(entry.stage(), null, null, entry.row(), entry.rule()));
      }
    }
    return sources;
  }

  private static void add(Channel channel, ChannelAnswer answer, List<Source> sources) {
    if (answer.basis() != null) {
      sources.add(new Source(Source.GROUND, channel, answer.basis(), answer.row(), answer.rule()));
    }
    for (Denial denial : answer.denials()) {
      sources.add(new Source(Source.DENIAL, channel, denial.code(), denial.row(), denial.rule()));
    }
  }

  /**
   * Reads them from a canonical document.
   *
   * @throws IllegalArgumentException if the bytes are no decision document
   */
  static List<Source> read(byte[] document) {
    try (JsonParser parser = Tokens.parser(document)) {
      return new Sources(new Tokens(parser)).read();
    } catch (IOException broken) {
      throw new IllegalArgumentException("The bytes are no decision document", broken);
    }
  }

  private List<Source> read() throws IOException {
    json.enter();
    while (json.nextField()) {
      switch (json.name()) {
        case "channels" -> channels();
        case "reasons" -> entries(Source.REASON, null);
        case "trace" -> entries("", null);
        default -> json.skip();
      }
    }
    return sources;
  }

  private void channels() throws IOException {
    json.enter();
    while (json.nextField()) {
      Channel channel = json.channel();
      json.enter();
      answer(channel);
    }
  }

  private void answer(Channel channel) throws IOException {
    String basis = null;
    String row = null;
    String rule = null;
    int ground = sources.size();
    while (json.nextField()) {
      switch (json.name()) {
        case "basis" -> basis = json.text();
        case "denials" -> entries(Source.DENIAL, channel);
        case "row" -> row = json.text();
        case "rule" -> rule = json.text();
        default -> json.skip();
      }
    }
    if (basis != null) {
      sources.add(ground, new Source(Source.GROUND, channel, basis, row, rule));
    }
  }

  /**
   * A list of objects with code, row and rule.
   *
   * @param part empty where each object says of which stage it is
   */
  private void entries(String part, @Nullable Channel channel) throws IOException {
    json.enter();
    while (json.next() == JsonToken.START_OBJECT) {
      String code = null;
      String row = null;
      String rule = null;
      String stage = part;
      while (json.nextField()) {
        switch (json.name()) {
          case "code" -> code = json.text();
          case "row" -> row = json.text();
          case "rule" -> rule = json.text();
          case "stage" -> stage = String.valueOf(json.text());
          default -> json.skip();
        }
      }
      if (!TOLD_BY_CHANNEL.contains(stage) || !part.isEmpty()) {
        sources.add(new Source(stage, channel, code, row, rule));
      }
    }
  }
}
