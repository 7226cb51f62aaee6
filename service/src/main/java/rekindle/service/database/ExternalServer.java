package rekindle.service.database;

/** A server that somebody else runs. */
record ExternalServer(ServerAddress address) implements Server {
  static ExternalServer of(DatabaseConfiguration configuration) {
    return new ExternalServer(
        new ServerAddress(configuration.url(), configuration.user(), configuration.password()));
  }

  @Override
  public String description() {
    return "at " + address;
  }

  @Override
  public void close() {}
}
