package rekindle.service.command;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * One command of the jar. Answers go to standard output as UTF-8, everything else to standard
 * error. A command ends with status 1 or 2 by throwing {@link CommandFailure}; anything else that
 * it throws is shown as one line, and with {@code --stack-trace} in full.
 */
public abstract class RekindleCommand extends Command {
  private static final String STACK_TRACE = "stack_trace";
  public static final String AS_OF = "as_of";
  protected static final String CONFIG = "config";

  private final Terminal terminal;

  /**
   * @param description one sentence for the help
   */
  protected RekindleCommand(String name, String description, Terminal terminal) {
    super(name, description);
    this.terminal = terminal;
  }

  /** Adds the options of the command. */
  protected abstract void options(Subparser parser);

  /** Does the work. */
  protected abstract void run(Namespace options) throws Exception;

  /** Where answers and messages go. */
  protected final Terminal terminal() {
    return terminal;
  }

  @Override
  public final void configure(Subparser parser) {
    options(parser);
    parser
        .addArgument("--stack-trace")
        .dest(STACK_TRACE)
        .action(Arguments.storeTrue())
        .help("show the whole stack trace of an unexpected failure");
  }

  @Override
  public final void run(Bootstrap<?> bootstrap, Namespace options) throws Exception {
    try {
      run(options);
    } finally {
      terminal.out().flush();
    }
    terminal.checkWritten();
  }

  /** Adds {@code --tables}. */
  public static void addTables(Subparser parser) {
    parser
        .addArgument("--tables")
        .metavar("DIR")
        .help("the folder of workbooks (default: ./decision-tables, else the jar's own copy)");
  }

  /** Adds {@code --config}. */
  protected static void addConfig(Subparser parser) {
    parser
        .addArgument("--config")
        .dest(CONFIG)
        .metavar("FILE")
        .help("the configuration (default: ./config.yml, else the jar's own)");
  }

  /** Adds {@code --as-of}. */
  public static void addAsOf(Subparser parser, String help) {
    parser
        .addArgument("--as-of")
        .dest(AS_OF)
        .metavar("T")
        .type(RekindleCommand::instant)
        .help(help);
  }

  /** The instant of {@code --as-of}; else the clock's, to the millisecond. */
  protected static Instant asOf(Namespace options, Clock clock) {
    Instant given = options.get(AS_OF);
    return given == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : given;
  }

  private static Instant instant(
      ArgumentParser parser, net.sourceforge.argparse4j.inf.Argument argument, String text)
      throws ArgumentParserException {
    return InstantOption.parse(text)
        .orElseThrow(
            () ->
                new ArgumentParserException(
                    "\"%s\" is no instant; write it like 2026-03-10T15:00:00Z or 2026-03-10"
                        .formatted(text),
                    parser,
                    argument));
  }

  @Override
  public final void onError(Cli cli, Namespace options, Throwable failure) {
    PrintWriter err = terminal.err();
    if (failure instanceof CommandFailure known) {
      known.sentence().ifPresent(sentence -> err.println(getName() + ": " + sentence));
    } else {
      err.println(getName() + ": " + FailureLine.of(failure));
      if (Boolean.TRUE.equals(options.getBoolean(STACK_TRACE))) {
        failure.printStackTrace(err);
      } else if (!FailureLine.saysAll(failure)) {
        err.println("Run it again with --stack-trace to see where that happened.");
      }
    }
    err.flush();
  }
}
