package rekindle.service.access;

import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key with which the first admin comes in. */
public final class FirstKey {
  /** The client that the first key belongs to. */
  public static final String CLIENT = "admin";

  /** A key that somebody chose: 16 to 512 visible ASCII characters, which a header can carry. */
  public static final Pattern CHOSEN = Pattern.compile("[!-~]{16,512}");

  private static final Logger LOG = LoggerFactory.getLogger(FirstKey.class);

  // Two processes that start at once on one new database shall make one key.
  private static final String LOCK = "lock table api_client in share row exclusive mode";

  private FirstKey() {}

  /**
   * Makes the client {@code admin} with all roles and its key if there is no client at all.
   *
   * @param chosen the key; null to make one
   * @param terminal takes the line with the key that was made, which stands nowhere else
   * @throws IllegalArgumentException if the chosen key is too short or no header can carry it
   */
  public static void ensure(
      Jdbi jdbi, Clients clients, @Nullable String chosen, Consumer<String> terminal) {
    if (chosen != null && !CHOSEN.matcher(chosen).matches()) {
      throw new IllegalArgumentException(
          "The admin key must have 16 to 512 visible ASCII characters and no blanks");
    }
    jdbi.useTransaction(
        handle -> {
          handle.execute(LOCK);
          if (!clients.list(handle).isEmpty()) {
            return;
          }
          NewKey key = chosen == null ? NewKey.random() : NewKey.chosen(chosen);
          clients.create(handle, CLIENT, CLIENT, CLIENT, EnumSet.allOf(Role.class));
          clients.add(handle, CLIENT, CLIENT, key);
          LOG.info("The first key was made: client {}, key {}", CLIENT, key.id());
          if (chosen == null) {
            // Before the commit: a key that is shown and does not count is better than one that
            // counts and was never shown.
            terminal.accept("The first key, with all roles; it is shown this once: " + key.text());
          }
        });
  }
}
