package rekindle.service.store;

/**
 * Stops a start: the keys of identifiers are lost, exchanged or cannot be read. The message is for
 * the person who starts the service, and holds no secret.
 */
public final class IdentityKeysUnusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  IdentityKeysUnusable(String message) {
    super(message);
  }

  IdentityKeysUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
