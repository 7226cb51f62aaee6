package rekindle.service.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import rekindle.service.database.DatabaseLocation;

/** Tells a command where the data is. */
public interface DatabaseLocations {
  /**
   * Reads the configuration.
   *
   * @param file a configuration file; null for the usual one
   * @throws CommandFailure with everything that is wrong with it
   */
  DatabaseLocation of(@Nullable String file) throws IOException;
}
