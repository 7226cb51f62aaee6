package rekindle.service.intake;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions that are done again where another writer stood in the way. */
final class Attempts {
  private static final int MOST = 5;

  /** Serialization failure, deadlock, lock timeout: the same transaction may succeed later. */
  private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "55P03");

  private Attempts() {}

  /**
   * @param transaction reads and writes nothing but the database and its own variables
   */
  static <T> T of(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException failed) {
        if (attempt == MOST || !isTransient(failed)) {
          throw failed;
        }
      }
    }
  }

  private static boolean isTransient(Throwable failed) {
    @Nullable Throwable cause = failed;
    while (cause != null) {
      if (cause instanceof SQLException known
          && TRANSIENT.contains(String.valueOf(known.getSQLState()))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
