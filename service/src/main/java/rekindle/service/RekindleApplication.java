package rekindle.service;

import ch.qos.logback.classic.Level;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.Application;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.api.Api;
import rekindle.service.api.ApprovalsResource;
import rekindle.service.api.ContactCalendarResource;
import rekindle.service.api.ContactContentResource;
import rekindle.service.api.ContactsResource;
import rekindle.service.api.DecisionBatchResource;
import rekindle.service.api.DecisionsResource;
import rekindle.service.api.EventsResource;
import rekindle.service.api.ImpactResource;
import rekindle.service.api.ImportsResource;
import rekindle.service.api.NextBestTouchResource;
import rekindle.service.api.OptOutsResource;
import rekindle.service.api.PatientWrites;
import rekindle.service.api.PersonsResource;
import rekindle.service.api.PoliciesResource;
import rekindle.service.api.PreflightResource;
import rekindle.service.api.ReconciliationsResource;
import rekindle.service.api.ReleaseChanges;
import rekindle.service.api.ReleasesResource;
import rekindle.service.api.ScheduleMetrics;
import rekindle.service.api.ScheduleResource;
import rekindle.service.api.SimulationsResource;
import rekindle.service.api.StreamedRequests;
import rekindle.service.api.TasksResource;
import rekindle.service.api.TouchesResource;
import rekindle.service.api.TrialsResource;
import rekindle.service.api.TriggersResource;
import rekindle.service.api.UnsubscribeResource;
import rekindle.service.command.BackupCommand;
import rekindle.service.command.CommandFailure;
import rekindle.service.command.DatabaseLocations;
import rekindle.service.command.DecideCommand;
import rekindle.service.command.ExplainCommand;
import rekindle.service.command.FactsCommand;
import rekindle.service.command.FailureLine;
import rekindle.service.command.ImportCommand;
import rekindle.service.command.PolicyFolder;
import rekindle.service.command.RestoreCommand;
import rekindle.service.command.ShortRun;
import rekindle.service.command.SimulateCommand;
import rekindle.service.command.StandardErrorLogging;
import rekindle.service.command.TablesCommand;
import rekindle.service.command.Terminal;
import rekindle.service.configuration.CompleteConfigurationFactory;
import rekindle.service.configuration.ConfigurationFiles;
import rekindle.service.database.Database;
import rekindle.service.database.DatabaseClock;
import rekindle.service.database.DatabaseHealthChecks;
import rekindle.service.database.Housekeeping;
import rekindle.service.database.Partitions;
import rekindle.service.intake.ContactIntake;
import rekindle.service.optout.RevocationReport;
import rekindle.service.page.PreferencePage;
import rekindle.service.page.PublicPages;
import rekindle.service.schedule.Reconciliations;
import rekindle.service.schedule.StopNames;
import rekindle.service.store.ContactReader;

/**
 * The jar: wires the commands and runs the one that the arguments name. Exit status 0 if all went
 * well, 1 if some of the input was bad, 2 if the command could not do its work.
 */
public final class RekindleApplication extends Application<RekindleConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(RekindleApplication.class);

  private final Terminal terminal;
  private int status;
  private final Clock clock = Clock.systemUTC();
  private @Nullable Database database;
  private @Nullable Service service;

  RekindleApplication(Terminal terminal) {
    this.terminal = terminal;
  }

  public static void main(String[] arguments) throws Exception {
    if (ShortRun.is(arguments)) {
      ShortRun.begin();
    }
    var application = new RekindleApplication(Terminal.ofProcess());
    application.run(arguments);
    if (application.status != 0) {
      System.exit(application.status);
    }
  }

  @Override
  public String getName() {
    return "rekindle";
  }

  @Override
  public void initialize(Bootstrap<RekindleConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(new ConfigurationFiles());
    bootstrap.setConfigurationFactoryFactory(CompleteConfigurationFactory.of(System.getenv()));
    // Messages of ours are in English, wherever the service runs.
    bootstrap.setValidatorFactory(
        Validators.newConfiguration().defaultLocale(Locale.ENGLISH).buildValidatorFactory());
    bootstrap.addCommand(new FactsCommand(terminal, clock));
    bootstrap.addCommand(new DecideCommand(terminal, clock));
    bootstrap.addCommand(new ExplainCommand(terminal, clock));
    bootstrap.addCommand(new SimulateCommand(terminal, clock));
    bootstrap.addCommand(new TablesCommand(terminal, clock));
    DatabaseLocations locations = file -> configuration(bootstrap, file).databaseLocation();
    bootstrap.addCommand(new BackupCommand(terminal, locations));
    bootstrap.addCommand(new RestoreCommand(terminal, clock, locations));
    bootstrap.addCommand(
        new ImportCommand(
            terminal, clock, file -> new CommandStore(configuration(bootstrap, file), clock)));
  }

  private static RekindleConfiguration configuration(
      Bootstrap<RekindleConfiguration> bootstrap, @Nullable String file) throws IOException {
    try {
      return bootstrap
          .getConfigurationFactoryFactory()
          .create(
              RekindleConfiguration.class,
              bootstrap.getValidatorFactory().getValidator(),
              bootstrap.getObjectMapper(),
              "dw")
          .build(bootstrap.getConfigurationSourceProvider(), ConfigurationFiles.orUsual(file));
    } catch (ConfigurationException e) {
      throw CommandFailure.unusable(FailureLine.of(e));
    }
  }

  /** The service, once {@link #run} has put it together. */
  Service service() {
    return Objects.requireNonNull(service);
  }

  /** The exit status of the command that ran. */
  int status() {
    return status;
  }

  /** Dropwizard would log to standard output, where the answers are. */
  @Override
  protected void bootstrapLogging() {
    StandardErrorLogging.start(Level.WARN);
  }

  @Override
  protected void addDefaultCommands(Bootstrap<RekindleConfiguration> bootstrap) {
    bootstrap.addCommand(new ConfiguredServer(this, terminal));
    bootstrap.addCommand(new ConfigurationCheck(terminal));
    bootstrap.addCommand(new DemoServer(this, terminal, clock));
  }

  @Override
  protected void onFatalError(Throwable failure) {
    status = failure instanceof CommandFailure known ? known.status() : CommandFailure.UNUSABLE;
    if (database != null) {
      database.close();
    }
  }

  /** The whole service, from the inside out; the lifecycle stops it in the opposite order. */
  @Override
  public void run(RekindleConfiguration configuration, Environment environment) throws IOException {
    database = Database.forService(configuration.databaseLocation(), environment.metrics());
    environment.lifecycle().manage(database);
    LOG.info("Using {}", database.description());
    DatabaseHealthChecks.register(environment.healthChecks(), database);
    var time = new DatabaseClock(database);
    environment.lifecycle().manage(time);
    environment
        .metrics()
        .gauge("clock.behind-database-seconds", () -> () -> time.ahead().toMillis() / 1000.0);
    Partitions.extend(database.jdbi());
    environment.lifecycle().manage(new Housekeeping(database));
    var service = new Service(configuration, database.jdbi(), time, PolicyFolder.workbooks(null));
    environment.lifecycle().manage(new AutoCloseableManager(service));
    LOG.info("Deciding by release {}", service.engines.active());
    Api.register(
        environment,
        (AbstractServerFactory) configuration.getServerFactory(),
        configuration.api(),
        new Api.Parts(
            service.jdbi,
            time,
            new PrometheusRegistry(),
            service.engines::zonesOf,
            terminal.err()::println));
    register(environment.jersey(), service);
    registerPeople(environment.jersey(), service, configuration.publicPages());
    registerSchedule(environment, service);
    service.schedule.start();
    this.service = service;
    environment.lifecycle().addServerLifecycleListener(RekindleApplication::tellWhereItListens);
  }

  private static void tellWhereItListens(Server server) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof NetworkConnector network) {
        LOG.info("Listening for {} on port {}", network.getName(), network.getLocalPort());
      }
    }
  }

  /** What people say, who they are, and what they may ask for. */
  private static void registerPeople(JerseyEnvironment jersey, Service service, PublicPages pages) {
    jersey.register(
        new EventsResource(
            service.events, new StreamedRequests(service.jdbi, service.idempotency)));
    var writes = new PatientWrites(service.jdbi, service.idempotency);
    jersey.register(new PersonsResource(service.jdbi, service.persons, writes));
    jersey.register(
        new ContactContentResource(service.jdbi, service.contents, writes, service.ids));
    jersey.register(new PreflightResource(service.preflight, service.clock));
    jersey.register(
        new OptOutsResource(
            service.jdbi,
            new RevocationReport(service.optOutRules),
            service.reviews,
            writes,
            service.clock));
    jersey.register(
        new UnsubscribeResource(
            service.links, service.preferences, new PreferencePage(pages.brand())));
  }

  /** Who is touched when: for platforms that ask, for operators, for people who do it by hand. */
  private static void registerSchedule(Environment environment, Service service) {
    var writes = new PatientWrites(service.jdbi, service.idempotency);
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(
        new TouchesResource(
            service.jdbi,
            service.idempotency,
            service.schedule.leases(),
            service.schedule.confirmations(),
            service.outcomes,
            writes));
    jersey.register(
        new TriggersResource(service.jdbi, service.idempotency, service.triggers, service.clock));
    jersey.register(
        new ScheduleResource(
            service.jdbi,
            service.schedule.watch(),
            new StopNames(service.jdbi, service.engines),
            service.ids,
            writes));
    jersey.register(
        new ReconciliationsResource(
            new Reconciliations(service.outcomes, service.ids),
            service.schedule.platforms(),
            service.clock,
            writes));
    jersey.register(new TasksResource(service.jdbi, service.tasks, writes));
    ScheduleMetrics.register(environment.metrics(), service.schedule.watch());
  }

  private static void register(JerseyEnvironment jersey, Service service) {
    jersey.register(new DecisionsResource(service.decider, service.replay));
    jersey.register(new DecisionBatchResource(service.decider, service.batches));
    jersey.register(new NextBestTouchResource(service.decider));
    jersey.register(new ContactCalendarResource(service.simulator));
    jersey.register(new SimulationsResource(service.simulator, service.clock));
    jersey.register(
        new ImportsResource(
            service.imports,
            service.importJobs,
            new StreamedRequests(service.jdbi, service.idempotency)));
    jersey.register(MultiPartFeature.class);
    jersey.register(
        new ReleasesResource(
            service.jdbi,
            service.idempotency,
            service.releases,
            service.drafts,
            service.approvals));
    var changes =
        new ReleaseChanges(
            service.jdbi,
            service.idempotency,
            service.approvals,
            service.activations,
            service.policyWatch);
    jersey.register(new ApprovalsResource(changes, service.approvals, service.activations));
    jersey.register(
        new PoliciesResource(
            service.jdbi, changes, service.approvals, service.activations, service.trials));
    jersey.register(
        new TrialsResource(service.jdbi, service.idempotency, service.trials, service.shadows));
    jersey.register(
        new ImpactResource(
            service.jdbi,
            service.impactJobs,
            service.impacts,
            service.engines::active,
            service.idempotency,
            service.clock));
    jersey.register(
        new ContactsResource(
            service.jdbi,
            new ContactIntake(service.contacts),
            new ContactReader(service.identities),
            service.idempotency,
            service.ids,
            service.clock));
  }
}
