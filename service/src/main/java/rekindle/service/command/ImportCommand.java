package rekindle.service.command;

import java.io.File;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import rekindle.service.intake.FileType;
import rekindle.service.intake.HeaderMapping;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportJob;
import rekindle.service.intake.ImportJob.Counts;
import rekindle.service.intake.ImportJob.State;
import rekindle.service.intake.ImportPreview;
import rekindle.service.intake.ImportWatcher;
import rekindle.service.intake.InputFile;
import rekindle.service.intake.IntakeFinding;

/** {@code import}: one standard CSV file into the database. */
public final class ImportCommand extends RekindleCommand {
  /** Who imports, where no caller of the API does. */
  private static final String CLIENT = "command-line";

  private static final int PREVIEWED = 10;

  private final Clock clock;
  private final Opener opener;

  /** Counted by the thread that reads, told by the one that writes. */
  private final AtomicLong bytesRead = new AtomicLong();

  private long bytesAll;

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
        .addArgument("--map")
        .action(Arguments.append())
        .metavar("THEIRS=OURS")
        .help("a column of the file and ours, or - to pass it over; may be repeated");
    parser
        .addArgument("--preset")
        .choices(HeaderMapping.presets())
        .metavar("NAME")
        .help(
            "whose export it is: "
                + String.join(", ", HeaderMapping.presets())
                + " (default: recognised by its header row)");
    parser
        .addArgument("--preview")
        .action(Arguments.storeTrue())
        .help("shows how the first rows would be read, and stores nothing");
    parser
        .addArgument("--dry-run")
        .action(Arguments.storeTrue())
        .help("reads and checks the whole file, and stores nothing of it");
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
    HeaderMapping mapping = mapping(options);
    if (Boolean.TRUE.equals(options.getBoolean("preview"))) {
      preview(type, mapping, file);
      return;
    }
    bytesRead.set(0);
    bytesAll = file.equals("-") ? 0 : new File(file).length();
    try (InputStream in = InputFile.decompressed(new Counted(open(file)));
        PrintWriter findings = findings(errors)) {
      var order =
          new Import.Order(
              type,
              file.equals("-") ? type.code() + ".csv" : file,
              CLIENT,
              mapping,
              Boolean.TRUE.equals(options.getBoolean("dry_run")));
      ImportJob job = run(options.getString(CONFIG), order, in, findings);
      if (findings.checkError()) {
        throw CommandFailure.unusable(
            "the errors could not all be written%s; the import itself is complete"
                .formatted(errors == null ? "" : " to " + errors));
      }
      conclude(job);
    }
  }

  private ImportJob run(
      @Nullable String config, Import.Order order, InputStream in, PrintWriter findings)
      throws Exception {
    var watcher = new Watcher(findings, clock);
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
            "%s %s%s: %d rows read, %d changed, %d unchanged, %d errors, %d warnings; import %s%n",
            job.type(),
            job.state().code(),
            job.dryRun() ? ", dry run, nothing stored" : "",
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

  private static HeaderMapping mapping(Namespace options) {
    Map<String, String> names = new HashMap<>();
    List<String> pairs = options.getList("map");
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int at = pair.lastIndexOf('=');
      if (at < 1 || at == pair.length() - 1) {
        throw CommandFailure.unusable(
            "--map takes their column, an equals sign, and ours or -, such as \"E-Mail=email\", but"
                + " it is \""
                + pair
                + "\"");
      }
      names.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return new HeaderMapping(names, options.getString("preset"));
  }

  private void preview(FileType type, HeaderMapping mapping, String file) throws IOException {
    try (InputStream in = InputFile.decompressed(open(file))) {
      ImportPreview preview = ImportPreview.of(type, mapping, in, PREVIEWED);
      terminal()
          .out()
          .printf(
              Locale.ROOT,
              "%s%nread: %s%npassed over: %s%n",
              preview.recognised() == null
                  ? "own column names"
                  : "recognised as an export of " + preview.recognised(),
              String.join(", ", preview.columns()),
              preview.passedOver().isEmpty() ? "none" : String.join(", ", preview.passedOver()));
      preview.rows().forEach(row -> terminal().out().println(row));
      if (!preview.findings().isEmpty()) {
        terminal().err().println(IntakeFinding.CSV_HEADER);
        preview.findings().forEach(finding -> terminal().err().println(finding.toCsv()));
      }
      if (!preview.readable()) {
        throw CommandFailure.withFindings("The header row is not as it must be.");
      }
    }
  }

  /** How much of a file was read, by its bytes as they are stored. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytesRead.addAndGet(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int count = super.read(buffer, from, length);
      bytesRead.addAndGet(Math.max(0, count));
      return count;
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
              "import: %d rows, %.0f rows/s, %d errors%s%n",
              counts.read(),
              seconds == 0 ? 0.0 : counts.read() / seconds,
              counts.errors(),
              remaining(seconds));
    }

    /** How far the file is, and how long the rest takes at this rate. */
    private String remaining(double seconds) {
      long read = bytesRead.get();
      if (bytesAll == 0 || read == 0) {
        return "";
      }
      double done = Math.min(1, (double) read / bytesAll);
      return String.format(
          Locale.ROOT, ", %.0f %%, %.0f s to go", done * 100, seconds * (1 - done) / done);
    }
  }
}
