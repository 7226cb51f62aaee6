package rekindle.service.command;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import rekindle.decision.DecisionWriter;
import rekindle.engine.DecisionEngine;
import rekindle.json.InvalidJson;
import rekindle.json.LineReader;
import rekindle.service.decide.DecisionRequest;

/** {@code decide}: facts in, one decision a line out, in order, without server or database. */
public final class DecideCommand extends RekindleCommand {
  private static final int CHECKED_LINES = 1000;

  private final Clock clock;

  public DecideCommand(Terminal terminal, Clock clock) {
    super(
        "decide",
        "Decides for each line of facts: one JSON document a line in, one decision a line out.",
        terminal);
    this.clock = clock;
  }

  @Override
  protected void options(Subparser parser) {
    addTables(parser);
    addAsOf(parser, "the instant to decide for, where a line names none (default: now)");
    parser
        .addArgument("file")
        .metavar("FILE")
        .nargs("?")
        .setDefault("-")
        .help("lines of facts, or of {\"facts\": …, \"asOf\": …}; - is standard input");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    Instant asOf = asOf(options, clock);
    String file = options.getString("file");
    try (var engine = PolicyFolder.engine(options.getString("tables"), terminal());
        InputStream in = open(file)) {
      long bad = decide(new LineReader(in), engine, asOf);
      if (bad > 0) {
        throw CommandFailure.withFindings(
            bad + " lines could not be decided; each has an error line in its place.");
      }
    }
  }

  private long decide(LineReader lines, DecisionEngine engine, Instant asOf) throws IOException {
    long bad = 0;
    long count = 0;
    for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      byte[] answer;
      try {
        DecisionRequest request = DecisionRequest.readWithoutStore(line.get());
        answer =
            DecisionWriter.write(
                engine.decide(
                    Objects.requireNonNull(request.facts()),
                    Objects.requireNonNullElse(request.asOf(), asOf)));
      } catch (InvalidJson e) {
        answer = LineProblem.of(line.get().number(), e.problems());
        bad++;
      }
      terminal().out().write(answer, 0, answer.length);
      terminal().out().write('\n');
      if (++count % CHECKED_LINES == 0) {
        terminal().checkWritten();
      }
    }
    return bad;
  }

  @SuppressWarnings("resource") // the caller closes it
  private static InputStream open(String file) throws IOException {
    return file.equals("-") ? System.in : new FileInputStream(file);
  }
}
