package rekindle.service.command;

import java.io.IOException;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import rekindle.service.database.Backup;
import rekindle.service.database.DatabaseLocation;

/** {@code backup FILE}: the whole database in one file, while the service may run. */
public final class BackupCommand extends RekindleCommand {
  private final DatabaseLocations locations;

  public BackupCommand(Terminal terminal, DatabaseLocations locations) {
    super("backup", "Saves the whole database into one file.", terminal);
    this.locations = locations;
  }

  @Override
  protected void options(Subparser parser) {
    addConfig(parser);
    parser.addArgument("file").metavar("FILE").help("the file to write; it must not be there yet");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    DatabaseLocation location = locations.of(options.getString(CONFIG));
    var file = Path.of(options.getString("file"));
    Backup.Outcome outcome =
        Backup.write(location, file, line -> terminal().err().println("backup: " + line));
    terminal()
        .err()
        .println(
            "backup: %d rows of %d tables are in %s (%d bytes)."
                .formatted(outcome.rows(), outcome.tables(), file, outcome.fileBytes()));
    terminal()
        .err()
        .println(
            "backup: the keys of identifiers are not in it. They lie in %s; keep a copy of them elsewhere, or no address in the backup can ever be read."
                .formatted(location.dataFolder().toAbsolutePath().normalize()));
  }
}
