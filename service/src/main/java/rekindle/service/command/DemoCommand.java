package rekindle.service.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import rekindle.service.demo.Demo;
import rekindle.service.intake.CrmFacts;
import rekindle.service.intake.InputFile;
import rekindle.service.intake.SampleData;

/** {@code demo}: the main job on the sample in the jar, or on a folder of standard CSV files. */
public final class DemoCommand extends RekindleCommand {
  private final Clock clock;

  public DemoCommand(Terminal terminal, Clock clock) {
    super(
        "demo",
        "The main job on real data: sample data, facts, decisions, and what came out.",
        terminal);
    this.clock = clock;
  }

  @Override
  protected void options(Subparser parser) {
    addTables(parser);
    parser
        .addArgument("--data")
        .metavar("DIR")
        .help("a folder of standard CSV files in place of the sample in the jar");
    addAsOf(parser, "the instant to decide for (default: each sample's own; with --data: now)");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    var workbooks = PolicyFolder.workbooks(options.getString("tables"));
    @Nullable String data = options.getString("data");
    List<Demo.Input> inputs =
        data == null ? sample(options.get(AS_OF)) : List.of(folder(data, asOf(options, clock)));
    terminal().err().println("demo: compiling the tables; this takes a few seconds");
    Demo.Outcome outcome;
    try (var engine = PolicyFolder.engine(Demo.release(workbooks), terminal())) {
      outcome = new Demo(terminal().err()).run(engine, inputs);
    }
    byte[] text = (String.join("\n", outcome.text()) + "\n").getBytes(StandardCharsets.UTF_8);
    terminal().out().write(text, 0, text.length);
    if (data == null && !outcome.missing().isEmpty()) {
      throw CommandFailure.withFindings(
          "The sample must show every verdict, segment and sequence, but lacks: "
              + String.join(", ", outcome.missing()));
    }
  }

  private static List<Demo.Input> sample(@Nullable Instant asOf) {
    return SampleData.all().stream()
        .map(
            data ->
                new Demo.Input(data.name(), asOf == null ? data.asOf() : asOf, data.source(), true))
        .toList();
  }

  private static Demo.Input folder(String data, Instant asOf) throws IOException {
    Path folder = Path.of(data);
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.unusable(
          folder + " is no folder; name one that holds contacts.csv and the other files.");
    }
    return new Demo.Input(
        folder.getFileName().toString(), asOf, new CrmFacts(InputFile.folder(folder), null), false);
  }
}
