package rekindle.service;

import ch.qos.logback.classic.Level;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import rekindle.release.ReleaseArchive;
import rekindle.service.command.CommandFailure;
import rekindle.service.command.FailureLine;
import rekindle.service.command.PolicyFolder;
import rekindle.service.command.RekindleCommand;
import rekindle.service.command.Terminal;
import rekindle.service.decide.FirstRelease;
import rekindle.service.demo.Demo;
import rekindle.service.demo.DemoGuide;
import rekindle.service.demo.DemoPolicy;
import rekindle.service.demo.Progress;
import rekindle.service.intake.FileType;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportWatcher;
import rekindle.service.intake.InputFile;
import rekindle.service.intake.SampleData;
import rekindle.service.store.FactsImport;

/**
 * {@code demo}: the main job end to end: the service starts, imports the sample in the jar or a
 * folder of the standard CSV files, decides for everybody, says what came out and what to ask next,
 * and stays up.
 */
final class DemoServer extends ServerCommand<RekindleConfiguration> {
  private static final String CONTACTS = "select id from contact order by id";

  private final RekindleApplication application;
  private final Terminal terminal;
  private final Clock clock;
  private @Nullable Server server;

  DemoServer(RekindleApplication application, Terminal terminal, Clock clock) {
    super(
        application,
        "demo",
        "The main job on real data: sample data, facts, decisions, and what came out; then the service stays up.");
    this.application = application;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void configure(Subparser parser) {
    super.configure(parser);
    RekindleCommand.addTables(parser);
    parser
        .addArgument("--data")
        .metavar("DIR")
        .help("a folder of standard CSV files in place of the sample in the jar");
    RekindleCommand.addAsOf(
        parser, "the instant to decide for (default: each sample's own; with --data: now)");
    parser
        .addArgument("--exit")
        .action(Arguments.storeTrue())
        .help("stop the service when everything is said");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) throws Exception {
    super.run(bootstrap, ConfiguredServer.withFile(namespace));
  }

  @Override
  protected void run(
      Bootstrap<RekindleConfiguration> bootstrap,
      Namespace namespace,
      RekindleConfiguration configuration)
      throws Exception {
    ((DefaultLoggingFactory) configuration.getLoggingFactory()).setLevel(Level.WARN.levelStr);
    // The sample lies in the past, and what the demo says must be the same each time.
    configuration.schedule().rest();
    terminal.err().println("demo: starting the database and compiling the tables; some seconds");
    terminal.err().flush();
    super.run(bootstrap, namespace, configuration);
  }

  @Override
  protected void run(
      Environment environment, Namespace namespace, RekindleConfiguration configuration)
      throws Exception {
    environment.lifecycle().addServerLifecycleListener(started -> server = started);
    super.run(environment, namespace, configuration);
    boolean stays = false;
    try {
      demo(namespace);
      stays = !Boolean.TRUE.equals(namespace.getBoolean("exit"));
    } finally {
      if (!stays) {
        Objects.requireNonNull(server).stop();
      }
    }
  }

  private void demo(Namespace namespace) throws Exception {
    Service service = application.service();
    @Nullable String data = namespace.getString("data");
    String release = release(service, namespace.getString("tables"));
    var progress = new Progress(terminal.err());
    var demo =
        new Demo(
            service.jdbi,
            new FactsImport(service.contacts),
            service.decider,
            service.engines,
            progress);
    Instant given = namespace.get(RekindleCommand.AS_OF);
    Demo.Outcome outcome =
        data == null
            ? demo.run(sample(given), release)
            : demo.run(
                imported(service, Path.of(data), progress),
                given == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : given,
                release);
    var guide = new DemoGuide(service.jdbi, service.ids, service.replay, port());
    List<String> text = guide.text(outcome, release);
    text.forEach(terminal.out()::println);
    terminal.out().flush();
    if (data == null && !outcome.missing().isEmpty()) {
      throw CommandFailure.withFindings(
          "The sample must show every verdict, segment and sequence, but lacks: "
              + String.join(", ", outcome.missing()));
    }
  }

  private int port() {
    Server running = Objects.requireNonNull(server);
    return ((ServerConnector) running.getConnectors()[0]).getLocalPort();
  }

  /** The default policy with a tenth of the people held out, so that the control group shows. */
  private static String release(Service service, @Nullable String tables) throws IOException {
    ReleaseArchive archive = FirstRelease.archive(DemoPolicy.of(PolicyFolder.workbooks(tables)));
    service.releases.save(archive);
    return archive.id();
  }

  private static List<Demo.Input> sample(@Nullable Instant asOf) {
    return SampleData.all().stream()
        .map(
            data ->
                new Demo.Input(data.name(), asOf == null ? data.asOf() : asOf, data.source(), true))
        .toList();
  }

  /** Imports the files of a folder and gives everybody who is in the store then. */
  private static List<String> imported(Service service, Path folder, Progress progress)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.unusable(
          folder + " is no folder; name one that holds contacts.csv and the other files.");
    }
    for (FileType type : FileType.values()) {
      for (String suffix : List.of(".csv", ".csv.gz")) {
        Path file = folder.resolve(type.code() + suffix);
        if (Files.isRegularFile(file)) {
          var order = new Import.Order(type, file.toString(), Demo.CLIENT);
          try (InputStream in = InputFile.at(file).open()) {
            var job = service.imports.run(order, in, ImportWatcher.NONE);
            progress.line(
                type.code()
                    + ": "
                    + job.counts().changed()
                    + " new, "
                    + job.counts().unchanged()
                    + " known, "
                    + job.counts().errors()
                    + " errors");
          }
        }
      }
    }
    return service.jdbi.withHandle(
        handle -> handle.createQuery(CONTACTS).mapTo(String.class).list());
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    terminal.err().println(getName() + ": " + FailureLine.of(failure));
    if (!FailureLine.saysAll(failure)) {
      failure.printStackTrace(terminal.err());
    }
    terminal.err().flush();
  }
}
