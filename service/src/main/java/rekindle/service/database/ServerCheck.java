package rekindle.service.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Whether a server can be used at all, before anything is changed in it. */
final class ServerCheck {
  private static final int VERSION_MIN = 150_000;

  private ServerCheck() {}

  /**
   * Connects, and returns the server's version.
   *
   * @throws DatabaseFailure with what stands in the way and what to do
   */
  static String usable(ServerAddress address) {
    try (Connection connection = Connections.plain(address).getConnection();
        Statement statement = connection.createStatement()) {
      if (Integer.parseInt(show(statement, "server_version_num")) < VERSION_MIN) {
        throw new DatabaseFailure(
            "The server %s is PostgreSQL %s, but Rekindle needs 15 or newer. Upgrade it, or leave REKINDLE_DATABASE_URL empty for the embedded one."
                .formatted(address, show(statement, "server_version")));
      }
      if (!one(statement, "select pg_is_in_recovery()::text").equals("false")) {
        throw new DatabaseFailure(
            "The server %s is a standby, which takes no writes. Name the primary in REKINDLE_DATABASE_URL."
                .formatted(address));
      }
      if (!one(
              statement,
              "select coalesce(has_schema_privilege(current_schema(), 'create'), false)::text")
          .equals("true")) {
        throw new DatabaseFailure(
            "The user may not make tables: %s. Let it: grant all on schema public to that user; or make it the owner of a database of its own."
                .formatted(address));
      }
      return show(statement, "server_version");
    } catch (SQLException e) {
      throw failure(address, e);
    }
  }

  /** The sentence for a connection that failed. */
  static DatabaseFailure failure(ServerAddress address, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return new DatabaseFailure(
        switch (state) {
          case "28P01", "28000" ->
              "The server refuses the user or the password: %s. Correct REKINDLE_DATABASE_USER and REKINDLE_DATABASE_PASSWORD; the server's pg_hba.conf must admit the user from this machine."
                  .formatted(address);
          case "3D000" ->
              "There is no such database: %s. Make it (create database … owner …), or correct REKINDLE_DATABASE_URL."
                  .formatted(address);
          case "53300" ->
              "The server has no connection left: %s. Raise its max_connections, or lower database.connectionsMax."
                  .formatted(address);
          case "42501" ->
              "The user lacks a right that Rekindle needs: %s. Make it the owner of a database of its own."
                  .formatted(address);
          case "08001", "08004", "08006", "57P03" ->
              "The server cannot be reached, or is only just starting: %s. Start it, or correct REKINDLE_DATABASE_URL; leave that empty for the embedded one."
                  .formatted(address);
          default ->
              "The server cannot be used (SQLSTATE %s): %s. Look into its log."
                  .formatted(state, address);
        },
        e);
  }

  /**
   * Makes the service's role and database in an embedded server, and checks that what it commits
   * stays.
   */
  static void prepareEmbedded(EmbeddedServer server) {
    ServerAddress superuser = server.superuser();
    try (Connection connection = Connections.plain(superuser).getConnection();
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        if (!show(statement, setting).toLowerCase(Locale.ROOT).equals("on")) {
          throw new DatabaseFailure(
              "The embedded PostgreSQL runs with %s off, and could lose what it confirmed; nothing was done. Remove that setting, and start again."
                  .formatted(setting));
        }
      }
      if (one(statement, "select count(*) from pg_roles where rolname = 'rekindle'").equals("0")) {
        statement.execute("create role rekindle login password '" + superuser.password() + "'");
      }
      if (one(statement, "select count(*) from pg_database where datname = 'rekindle'")
          .equals("0")) {
        statement.execute("create database rekindle owner rekindle");
      }
    } catch (SQLException e) {
      throw failure(superuser, e);
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    return one(statement, "show " + setting);
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
