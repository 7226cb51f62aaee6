package rekindle.service.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Lets requests in by their key. Thread-safe. */
public final class Admission {
  private static final String SCHEME = "bearer ";
  private static final int LONGEST_KEY = 512;

  private final ApiKeys keys;
  private final RateLimits limits;
  private final KeyUses uses;

  public Admission(ApiKeys keys, RateLimits limits, KeyUses uses) {
    this.keys = keys;
    this.limits = limits;
    this.uses = uses;
  }

  /**
   * The caller whose key it is.
   *
   * @param authorization the header's value
   * @param address where the request comes from
   * @throws ProblemException {@code unauthenticated} without a valid key; {@code rate_limited} if
   *     the key, or the address with keys that are not valid, asks too often
   */
  public Caller admit(@Nullable String authorization, String address) {
    KnownKey key = known(NewKey.hash(bearer(authorization)), address);
    limits.request(key.id());
    uses.note(key.id());
    return key.caller();
  }

  private KnownKey known(byte[] hash, String address) {
    KnownKey remembered = keys.remembered(hash);
    if (remembered != null) {
      return remembered;
    }
    // Whoever shares an address with an attacker, behind a proxy, keeps coming in.
    boolean limited = !keys.wasKnown(hash);
    if (limited) {
      limits.attempt(address);
    }
    KnownKey found =
        keys.lookUp(hash)
            .orElseThrow(
                () -> refused("The key is unknown, revoked, or of a client that is disabled."));
    if (limited) {
      limits.known(address);
    }
    return found;
  }

  private static String bearer(@Nullable String authorization) {
    if (authorization == null) {
      throw refused("The header Authorization is missing.");
    }
    String key =
        authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
            ? authorization.substring(SCHEME.length()).strip()
            : "";
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw refused("The header Authorization holds no Bearer key.");
    }
    return key;
  }

  private static ProblemException refused(String why) {
    return new ProblemException(
        ProblemType.UNAUTHENTICATED.problem(
            why + " Send Authorization: Bearer and a key that an admin issued at /v1/clients."));
  }
}
