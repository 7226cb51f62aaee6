package rekindle.service.database;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used as things are. The message is for the person who runs the service:
 * what was found, and what to do; it holds neither SQL nor a password.
 */
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatabaseFailure(String message) {
    this(message, null);
  }

  public DatabaseFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
