package rekindle.service;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.util.HashMap;
import net.sourceforge.argparse4j.inf.Namespace;
import rekindle.service.command.FailureLine;
import rekindle.service.command.Terminal;
import rekindle.service.configuration.ConfigurationFiles;

/** {@code server [config.yml]}: the service; failures are told in a line, not as a stack trace. */
final class ConfiguredServer extends ServerCommand<RekindleConfiguration> {
  private static final String FILE = "file";

  private final Terminal terminal;

  ConfiguredServer(RekindleApplication application, Terminal terminal) {
    super(application, "server", "Runs the service, until it is told to stop.");
    this.terminal = terminal;
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace namespace) throws Exception {
    super.run(bootstrap, withFile(namespace));
  }

  /** The options with the configuration file to read, if none was named. */
  static Namespace withFile(Namespace namespace) {
    var options = new HashMap<>(namespace.getAttrs());
    options.put(FILE, ConfigurationFiles.orUsual(namespace.getString(FILE)));
    return new Namespace(options);
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
