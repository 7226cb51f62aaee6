package rekindle.service.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import rekindle.decision.Explanation;
import rekindle.json.InvalidJson;
import rekindle.json.LineReader;
import rekindle.service.decide.DecisionRequest;

/** {@code explain}: a decision as text that a person reads. */
public final class ExplainCommand extends RekindleCommand {
  private final Clock clock;

  public ExplainCommand(Terminal terminal, Clock clock) {
    super("explain", "Decides for one facts document and says why, as text.", terminal);
    this.clock = clock;
  }

  @Override
  protected void options(Subparser parser) {
    addTables(parser);
    addAsOf(parser, "the instant to decide for, where the document names none (default: now)");
    parser
        .addArgument("file")
        .metavar("FILE")
        .help("a facts document, or {\"facts\": …, \"asOf\": …}; - is standard input");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    Instant asOf = asOf(options, clock);
    byte[] document = FactsFile.read(options.getString("file"), getName());
    DecisionRequest request;
    try {
      request = DecisionRequest.readWithoutStore(new LineReader.Line(1, document, null));
    } catch (InvalidJson e) {
      e.problems().forEach(problem -> terminal().err().println(problem));
      throw CommandFailure.withFindings("The document holds no valid facts; mend what is listed.");
    }
    try (var engine = PolicyFolder.engine(options.getString("tables"), terminal())) {
      String text =
          Explanation.of(
              engine.decide(
                  Objects.requireNonNull(request.facts()),
                  Objects.requireNonNullElse(request.asOf(), asOf)));
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      terminal().out().write(bytes, 0, bytes.length);
    }
  }
}
