package rekindle.service.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.service.intake.CrmFacts;
import rekindle.service.intake.FactsSource;
import rekindle.service.intake.GeneratedLedger;
import rekindle.service.intake.InputFile;
import rekindle.service.intake.IntakeFinding;
import rekindle.service.intake.IntakeLog;
import rekindle.service.intake.RetailFacts;
import rekindle.service.intake.TelcoFacts;

/** {@code facts}: published files or the standard CSV files in, one facts document a line out. */
public final class FactsCommand extends RekindleCommand {
  /** A reader that has gone away is noticed after so many lines. */
  private static final int CHECKED_LINES = 1000;

  private final Clock clock;

  public FactsCommand(Terminal terminal, Clock clock) {
    super(
        "facts",
        "Turns published files, or the standard CSV files, into facts: one JSON document a line.",
        terminal);
    this.clock = clock;
  }

  @Override
  protected void options(Subparser parser) {
    parser
        .addArgument("--from")
        .required(true)
        .choices("telco", "online-retail", "crm")
        .help("what the files are");
    parser
        .addArgument("path")
        .metavar("PATH")
        .help("the CSV file, also gzipped; for crm the folder with contacts.csv and the others");
    addAsOf(parser, "the instant that the facts are for (default: now)");
    parser
        .addArgument("--with-generated-consents")
        .dest("generated")
        .action(Arguments.storeTrue())
        .help(
            "add consents, registry answers and histories that nobody gave: generated from the"
                + " seed, labelled as generated, for trial only");
    parser
        .addArgument("--seed")
        .type(Long.class)
        .setDefault(GeneratedLedger.STANDARD_SEED)
        .metavar("N")
        .help("seed of what is generated (default: " + GeneratedLedger.STANDARD_SEED + ")");
    parser
        .addArgument("--program")
        .metavar("P")
        .help("program of every contact (default: telecom, retail, or what contacts.csv says)");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    Instant asOf = asOf(options, clock);
    FactsSource source = source(options);
    var log = new IntakeLog(new FindingPrinter(), this::note);
    UnaryOperator<ContactFacts> ledger = UnaryOperator.identity();
    if (options.getBoolean("generated")) {
      long seed = options.getLong("seed");
      note(
          "consents, registry answers, reach and histories are GENERATED from seed %d; nobody gave"
                  .formatted(seed)
              + " them: use the documents for trial only");
      ledger = new GeneratedLedger(seed, asOf)::addTo;
    }
    var writer = new LineWriter(ledger);
    source.read(asOf, log, writer);
    note(writer.lines + " facts documents written, as of " + asOf);
    if (log.errors() > 0) {
      throw CommandFailure.withFindings(
          log.errors() + " errors in the files; what they concern was left out");
    }
  }

  private static FactsSource source(Namespace options) throws IOException {
    Path path = Path.of(options.getString("path"));
    @Nullable String program = options.getString("program");
    if (program != null && !program.matches("[a-z][a-z0-9_]{0,63}")) {
      throw CommandFailure.unusable(
          "--program: \"%s\" is no code; write it in lower_snake_case, like b2b_saas"
              .formatted(program));
    }
    switch (options.getString("from")) {
      case "telco":
        return new TelcoFacts(InputFile.at(path), Objects.requireNonNullElse(program, "telecom"));
      case "online-retail":
        return new RetailFacts(InputFile.at(path), Objects.requireNonNullElse(program, "retail"));
      default:
        if (!Files.isDirectory(path)) {
          throw new NoSuchFileException(
              path.toString(), null, "expected the folder that holds contacts.csv");
        }
        return new CrmFacts(InputFile.folder(path), program);
    }
  }

  private void note(String sentence) {
    terminal().err().println("facts: " + sentence);
  }

  /** Findings as lines of CSV, under a header row. */
  private final class FindingPrinter implements Consumer<IntakeFinding> {
    private boolean any;

    @Override
    public void accept(IntakeFinding finding) {
      if (!any) {
        terminal().err().println(IntakeFinding.CSV_HEADER);
        any = true;
      }
      terminal().err().println(finding.toCsv());
    }
  }

  private final class LineWriter implements Consumer<ContactFacts> {
    private final UnaryOperator<ContactFacts> ledger;
    private long lines;

    LineWriter(UnaryOperator<ContactFacts> ledger) {
      this.ledger = ledger;
    }

    @Override
    public void accept(ContactFacts facts) {
      byte[] json = FactsWriter.write(ledger.apply(facts));
      terminal().out().write(json, 0, json.length);
      terminal().out().write('\n');
      if (++lines % CHECKED_LINES == 0) {
        terminal().checkWritten();
      }
    }
  }
}
