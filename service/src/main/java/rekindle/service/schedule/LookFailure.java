package rekindle.service.schedule;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is to blame for a look that failed: that decides who is kept out of looks, and who waits. */
enum LookFailure {
  /** The process or its database: whoever is looked at would fail. */
  OF_EVERYBODY,
  /** Somebody else was in the way; it may succeed later. */
  PASSING,
  /** The rows of the person. */
  OF_PERSON;

  /** Connections, resources, operators, the system, and a database that takes no writes. */
  private static final Set<String> EVERYBODY = Set.of("08", "25", "53", "58");

  private static final String ENDED_BY_OPERATOR = "57P";

  /** Rollbacks, locks, and statements that took too long. */
  private static final Set<String> WAITS = Set.of("40", "55", "57");

  static LookFailure of(Throwable failed) {
    @Nullable Throwable cause = failed;
    while (cause != null) {
      if (cause instanceof EngineUnavailable) {
        return OF_EVERYBODY;
      }
      if (cause instanceof SQLException known) {
        return of(known);
      }
      cause = cause.getCause();
    }
    return OF_PERSON;
  }

  private static LookFailure of(SQLException failed) {
    String state = failed.getSQLState();
    // The pool gives none where it has no connection.
    if (state == null || state.length() < 2 || state.startsWith(ENDED_BY_OPERATOR)) {
      return OF_EVERYBODY;
    }
    String kind = state.substring(0, 2);
    if (EVERYBODY.contains(kind)) {
      return OF_EVERYBODY;
    }
    return WAITS.contains(kind) ? PASSING : OF_PERSON;
  }
}
