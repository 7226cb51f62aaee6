package rekindle.service.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import rekindle.json.InvalidJson;
import rekindle.json.JsonLimits;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.plan.CalendarText;
import rekindle.plan.CalendarWriter;
import rekindle.plan.ContactCalendar;
import rekindle.plan.Walk;
import rekindle.service.decide.SimulationRequest;

/** {@code simulate}: what is to be expected of one contact, day by day, without server. */
public final class SimulateCommand extends RekindleCommand {
  private static final String FACTS = "facts";
  private static final String RESPONSES = "responses";

  private final Clock clock;

  public SimulateCommand(Terminal terminal, Clock clock) {
    super(
        "simulate",
        "Walks the rules forward for one facts document and tells its calendar, day by day.",
        terminal);
    this.clock = clock;
  }

  @Override
  protected void options(Subparser parser) {
    addTables(parser);
    addAsOf(
        parser, "the first instant to decide for, where the document names none (default: now)");
    parser
        .addArgument("--days")
        .metavar("N")
        .type(Integer.class)
        .help("how many days to walk, from 1 to 400, where the document names none (default: 90)");
    parser
        .addArgument("--respond")
        .metavar("RESPONSE")
        .type(SimulateCommand::response)
        .action(Arguments.append())
        .help(
            "a response to assume, such as day=12,kind=reply,disposition=positive,channel=email;"
                + " instead of day: at=2026-03-22T15:00:00Z, or sequence=stalled,step=2,hours=5;"
                + " may be given several times");
    parser
        .addArgument("--json")
        .action(Arguments.storeTrue())
        .help("the calendar as one JSON document");
    parser
        .addArgument("file")
        .metavar("FILE")
        .help(
            "a facts document, alone or as the first of several lines,"
                + " or what POST /v1/simulations takes; - is standard input");
  }

  private static ObjectNode response(ArgumentParser parser, Argument argument, String text)
      throws ArgumentParserException {
    return ResponseOption.parse(text)
        .orElseThrow(
            () ->
                new ArgumentParserException(
                    "\"%s\" is no response; write it like day=12,kind=reply,channel=email"
                        .formatted(text),
                    parser,
                    argument));
  }

  @Override
  protected void run(Namespace options) throws IOException {
    SimulationRequest request =
        request(FactsFile.read(options.getString("file"), getName()), options);
    if (request.release() != null) {
      throw CommandFailure.unusable(
          "The document names a release; " + getName() + " decides by the workbooks of --tables.");
    }
    try (var engine = PolicyFolder.engine(options.getString("tables"), terminal())) {
      try {
        request.assumptions().throwIfUnknown(engine.release());
      } catch (InvalidJson e) {
        throw refused(e, false);
      }
      ContactCalendar calendar = Walk.of(engine, request.facts(), request.assumptions());
      boolean json = Boolean.TRUE.equals(options.getBoolean("json"));
      byte[] answer =
          json
              ? CalendarWriter.write(calendar)
              : CalendarText.of(calendar).getBytes(StandardCharsets.UTF_8);
      terminal().out().write(answer, 0, answer.length);
      if (json) {
        terminal().out().write('\n');
      }
    }
  }

  private SimulationRequest request(byte[] document, Namespace options) {
    Instant asOf = asOf(options, clock);
    boolean bare = false;
    try {
      JsonNode node = StrictJson.read(firstDocument(document));
      bare = !(node.isObject() && node.has(FACTS));
      return SimulationRequest.read(body(node, bare, options), asOf);
    } catch (InvalidJson e) {
      throw refused(e, bare);
    }
  }

  private CommandFailure refused(InvalidJson refused, boolean bare) {
    for (JsonProblem problem : refused.problems()) {
      terminal().err().println(bare ? withoutWrapping(problem) : problem);
    }
    return CommandFailure.withFindings(
        "The document and the options say nothing that can be walked; mend what is listed.");
  }

  /** The first line where it is a document by itself, else all of them. */
  private static byte[] firstDocument(byte[] document) {
    int end = 0;
    while (end < document.length && document[end] != '\n') {
      end++;
    }
    byte[] line = Arrays.copyOf(document, end);
    return StrictJson.read(line, JsonLimits.STANDARD, new JsonProblems()).isPresent()
        ? line
        : document;
  }

  private static ObjectNode body(JsonNode node, boolean bare, Namespace options) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (bare) {
      body.set(FACTS, node);
    } else {
      node.properties().forEach(field -> body.set(field.getKey(), field.getValue()));
    }
    Integer days = options.getInt("days");
    if (days != null && !body.hasNonNull("days")) {
      body.put("days", days);
    }
    @Nullable List<ObjectNode> given = options.getList("respond");
    if (given != null && !(body.hasNonNull(RESPONSES) && !body.get(RESPONSES).isArray())) {
      ArrayNode responses = JsonNodeFactory.instance.arrayNode();
      body.path(RESPONSES).forEach(responses::add);
      responses.addAll(given);
      body.set(RESPONSES, responses);
    }
    return body;
  }

  /** What is wrong with facts that stand alone, where it stands in them. */
  private static JsonProblem withoutWrapping(JsonProblem problem) {
    String pointer = problem.pointer();
    return pointer.equals("/" + FACTS) || pointer.startsWith("/" + FACTS + "/")
        ? new JsonProblem(pointer.substring(FACTS.length() + 1), problem.message())
        : problem;
  }
}
