package rekindle.service;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;
import rekindle.service.command.FailureLine;
import rekindle.service.command.Terminal;

/** {@code check [config.yml]}: everything that is wrong with a configuration, and nothing else. */
final class ConfigurationCheck extends ConfiguredCommand<RekindleConfiguration> {
  private final Terminal terminal;

  ConfigurationCheck(Terminal terminal) {
    super("check", "Checks a configuration file: every mistake in it at once.");
    this.terminal = terminal;
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) throws Exception {
    super.run(bootstrap, ConfiguredServer.withFile(namespace));
  }

  @Override
  protected void run(
      Bootstrap<RekindleConfiguration> bootstrap,
      Namespace namespace,
      RekindleConfiguration configuration) {
    terminal.err().println(getName() + ": " + namespace.getString("file") + " is in order");
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    terminal.err().println(getName() + ": " + FailureLine.of(failure));
    terminal.err().flush();
  }
}
