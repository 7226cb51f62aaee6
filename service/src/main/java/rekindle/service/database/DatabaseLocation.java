package rekindle.service.database;

import java.nio.file.Path;

/**
 * Where the data is: what the configuration says of the database, and the folder of everything that
 * the service keeps on disk.
 */
public record DatabaseLocation(DatabaseConfiguration configuration, Path dataFolder) {}
