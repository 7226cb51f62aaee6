package rekindle.service.access;

import java.security.Principal;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param client name of the client, which may hold several keys
 * @param person who holds its keys; clients of one person count as one where two persons are needed
 * @param roles codes of its roles
 */
public record Caller(String client, String person, Set<String> roles) implements Principal {
  public Caller {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return client;
  }
}
