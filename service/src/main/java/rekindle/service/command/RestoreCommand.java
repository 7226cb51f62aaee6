package rekindle.service.command;

import java.io.IOException;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import rekindle.service.database.DatabaseLocation;
import rekindle.service.database.Restore;

/** {@code restore FILE}: a backup into an empty database, while no service runs on it. */
public final class RestoreCommand extends RekindleCommand {
  private final DatabaseLocations locations;

  public RestoreCommand(Terminal terminal, DatabaseLocations locations) {
    super("restore", "Reads a backup into an empty database.", terminal);
    this.locations = locations;
  }

  @Override
  protected void options(Subparser parser) {
    addConfig(parser);
    parser.addArgument("file").metavar("FILE").help("a file that backup wrote");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    DatabaseLocation location = locations.of(options.getString(CONFIG));
    var file = Path.of(options.getString("file"));
    Restore.Outcome outcome =
        Restore.read(location, file, line -> terminal().err().println("restore: " + line));
    terminal()
        .err()
        .println(
            "restore: %d rows of %d tables, as of %s, are back and compared with the file."
                .formatted(outcome.rows(), outcome.tables(), outcome.takenAt()));
    terminal()
        .err()
        .println(
            "restore: put the keys of identifiers that belong to it into %s before the service starts."
                .formatted(location.dataFolder().toAbsolutePath().normalize()));
  }
}
