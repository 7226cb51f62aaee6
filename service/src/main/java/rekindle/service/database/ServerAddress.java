package rekindle.service.database;

/**
 * Where a PostgreSQL server listens and who connects.
 *
 * @param url JDBC URL
 */
record ServerAddress(String url, String user, String password) {
  static final String DATABASE = "rekindle";
  static final String USER = "rekindle";
  static final String SUPERUSER = "postgres";

  /** The service's own database in an embedded server. */
  static ServerAddress embedded(int port, String password) {
    return new ServerAddress(url(port, DATABASE), USER, password);
  }

  /** The embedded server itself, to make roles and databases. */
  static ServerAddress superuser(int port, String password) {
    return new ServerAddress(url(port, "postgres"), SUPERUSER, password);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Without the password, and without the parameters of the URL, which can hold one. */
  @Override
  public String toString() {
    String place = url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    return user.isEmpty() ? place : place + " as " + user;
  }
}
