package rekindle.service.database;

/** A PostgreSQL server that is up: ours, one that another process of ours runs, or anybody's. */
sealed interface Server extends AutoCloseable
    permits EmbeddedServer, AttachedServer, ExternalServer {
  /** Where it listens now; an embedded one can move to another port when it is started again. */
  ServerAddress address();

  /** What it is, for the log: {@code embedded in ./data/postgresql}. */
  String description();

  /** Stops it, if it is ours to stop. */
  @Override
  void close();
}
