package rekindle.service.access;

import java.security.Principal;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param client name of the client, which may hold several keys
 * @param roles codes of its roles
 */
public record Caller(String client, Set<String> roles) implements Principal {
  public Caller {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return client;
  }
}
