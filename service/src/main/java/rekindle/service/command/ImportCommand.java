package rekindle.service.command;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import rekindle.service.intake.FileType;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportJob;
import rekindle.service.intake.ImportJob.Counts;
import rekindle.service.intake.ImportJob.State;
import rekindle.service.intake.ImportWatcher;
import rekindle.service.intake.InputFile;
import rekindle.service.intake.IntakeFinding;

/** {@code import}: one standard CSV file into the database. */
public final class ImportCommand extends RekindleCommand {
  /** Who imports, where no caller of the API does. */
  private static final String CLIENT = "command-line";

  private final Clock clock;
  private final Opener opener;

  /** Opens the store that a command works on. */
  public interface Opener {
    /**
     * @param config a configuration file; null for the usual one
     */
    OpenStore open(@Nullable String config) throws Exception;
  }

  /** The store while a command works on it. */
  public interface OpenStore extends AutoCloseable {
    Import imports();

    @Override
    void close();
  }

  public ImportCommand(Terminal terminal, Clock clock, Opener opener) {
    super(
        "import",
        "Brings one of the standard CSV files into the database; again and again without harm.",
        terminal);
    this.clock = clock;
    this.opener = opener;
  }

  @Override
  protected void options(Subparser parser) {
    addConfig(parser);
    parser
        .addArgument("--type")
        .required(true)
        .choices(FileType.codes())
        .metavar("TYPE")
        .help("what the rows are: " + String.join(", ", FileType.codes()));
    parser
        .addArgument("--errors")
        .metavar("FILE")
        .help("where errors and warnings go, as CSV (default: standard error)");
    parser
        .addArgument("file")
        .metavar("FILE")
        .help("the CSV file, also gzipped; - is standard input");
  }

  @Override
  protected void run(Namespace options) throws Exception {
    FileType type = FileType.of(options.getString("type")).orElseThrow();
    String file = options.getString("file");
    @Nullable String errors = options.getString("errors");
    try (InputStream in = InputFile.decompressed(open(file));
        PrintWriter findings = findings(errors)) {
      ImportJob job = run(options.getString(CONFIG), type, file, in, findings);
      if (findings.checkError()) {
        throw CommandFailure.unusable(
            "the errors could not all be written%s; the import itself is complete"
                .formatted(errors == null ? "" : " to " + errors));
      }
      conclude(job);
    }
  }

  private ImportJob run(
      @Nullable String config, FileType type, String file, InputStream in, PrintWriter findings)
      throws Exception {
    var watcher = new Watcher(findings, clock);
    var order = new Import.Order(type, file.equals("-") ? type.code() + ".csv" : file, CLIENT);
    try (OpenStore store = opener.open(config)) {
      return store.imports().run(order, in, watcher);
    } finally {
      watcher.report();
    }
  }

  private void conclude(ImportJob job) {
    Counts counts = job.counts();
    terminal()
        .out()
        .printf(
            Locale.ROOT,
            "%s %s: %d rows read, %d changed, %d unchanged, %d errors, %d warnings; import %s%n",
            job.type(),
            job.state().code(),
            counts.read(),
            counts.changed(),
            counts.unchanged(),
            counts.errors(),
            counts.warnings(),
            job.id());
    if (job.state() != State.DONE) {
      throw CommandFailure.unusable(String.valueOf(job.message()));
    }
    if (counts.errors() > 0) {
      throw CommandFailure.withFindings(
          counts.errors() + " errors; what they concern was left out, the rest was imported");
    }
  }

  @SuppressWarnings("resource") // the caller closes it
  private static InputStream open(String file) throws IOException {
    if (file.equals("-")) {
      return new FilterInputStream(System.in) {
        @Override
        public void close() {
          // Standard input is the process's own.
        }
      };
    }
    if (Files.isDirectory(Path.of(file))) {
      throw new NoSuchFileException(file, null, "expected a file, but it is a folder");
    }
    return new FileInputStream(file);
  }

  /** Standard error is not ours to close. */
  private PrintWriter findings(@Nullable String file) throws IOException {
    return file == null
        ? new PrintWriter(terminal().err(), true) {
          @Override
          public void close() {
            flush();
          }
        }
        : new PrintWriter(Files.newBufferedWriter(Path.of(file), StandardCharsets.UTF_8));
  }

  /** Prints findings as they come, and now and then how far the import is. */
  private final class Watcher implements ImportWatcher {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final PrintWriter findings;
    private final Clock clock;
    private final Instant start;
    private Instant reported;
    private Counts counts = new Counts(0, 0, 0, 0, 0);
    private boolean any;

    Watcher(PrintWriter findings, Clock clock) {
      this.findings = findings;
      this.clock = clock;
      this.start = clock.instant();
      this.reported = start;
    }

    @Override
    public void finding(IntakeFinding finding) {
      if (!any) {
        findings.println(IntakeFinding.CSV_HEADER);
        any = true;
      }
      findings.println(finding.toCsv());
    }

    @Override
    public void progress(Counts now) {
      counts = now;
      if (Duration.between(reported, clock.instant()).compareTo(EVERY) >= 0) {
        report();
      }
    }

    void report() {
      reported = clock.instant();
      double seconds = Duration.between(start, reported).toMillis() / 1000.0;
      terminal()
          .err()
          .printf(
              Locale.ROOT,
              "import: %d rows, %.0f rows/s, %d errors%n",
              counts.read(),
              seconds == 0 ? 0.0 : counts.read() / seconds,
              counts.errors());
    }
  }
}
