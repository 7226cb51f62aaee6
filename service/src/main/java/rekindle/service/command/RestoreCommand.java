package rekindle.service.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import rekindle.service.database.DatabaseLocation;
import rekindle.service.database.Restore;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.RestoredPause;
import rekindle.service.store.Stops.Stop;

/**
 * {@code restore FILE}: a backup into an empty database, while no service runs on it. Nothing is
 * sent from there until somebody lifts the kill switch that this leaves.
 */
public final class RestoreCommand extends RekindleCommand {
  private final InstantSource clock;
  private final DatabaseLocations locations;

  public RestoreCommand(Terminal terminal, InstantSource clock, DatabaseLocations locations) {
    super("restore", "Reads a backup into an empty database.", terminal);
    this.clock = clock;
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
    var ids = new TimeOrderedIds(clock);
    var paused = new AtomicReference<@Nullable Stop>();
    Restore.Outcome outcome =
        Restore.read(
            location,
            file,
            line -> terminal().err().println("restore: " + line),
            (handle, takenAt) -> paused.set(RestoredPause.set(handle, takenAt, ids)));
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
    Stop stop = Objects.requireNonNull(paused.get());
    terminal()
        .err()
        .println(
            "restore: nothing is sent until somebody lifts kill switch %s. %s"
                .formatted(stop.id(), stop.reason()));
  }
}
