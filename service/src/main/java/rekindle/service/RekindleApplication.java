package rekindle.service;

import ch.qos.logback.classic.Level;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import rekindle.service.command.CommandFailure;
import rekindle.service.command.DecideCommand;
import rekindle.service.command.DemoCommand;
import rekindle.service.command.ExplainCommand;
import rekindle.service.command.FactsCommand;
import rekindle.service.command.StandardErrorLogging;
import rekindle.service.command.TablesCommand;
import rekindle.service.command.Terminal;

/**
 * The jar: wires the commands and runs the one that the arguments name. Exit status 0 if all went
 * well, 1 if some of the input was bad, 2 if the command could not do its work.
 */
public final class RekindleApplication extends Application<Configuration> {
  private final Terminal terminal;
  private int status;

  RekindleApplication(Terminal terminal) {
    this.terminal = terminal;
  }

  public static void main(String[] arguments) throws Exception {
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
  public void initialize(Bootstrap<Configuration> bootstrap) {
    Clock clock = Clock.systemUTC();
    bootstrap.addCommand(new FactsCommand(terminal, clock));
    bootstrap.addCommand(new DecideCommand(terminal, clock));
    bootstrap.addCommand(new ExplainCommand(terminal, clock));
    bootstrap.addCommand(new TablesCommand(terminal, clock));
    bootstrap.addCommand(new DemoCommand(terminal, clock));
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

  /** The server and its check of the configuration come with the server. */
  @Override
  protected void addDefaultCommands(Bootstrap<Configuration> bootstrap) {}

  @Override
  protected void onFatalError(Throwable failure) {
    status = failure instanceof CommandFailure known ? known.status() : CommandFailure.UNUSABLE;
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    throw new IllegalStateException("There is no server yet.");
  }
}
