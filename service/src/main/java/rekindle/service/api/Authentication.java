package rekindle.service.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.MDC;
import rekindle.service.access.Admission;
import rekindle.service.access.Caller;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Lets a request pass whose key is valid and whose client has one of the roles. */
@Priority(Priorities.AUTHENTICATION)
final class Authentication implements ContainerRequestFilter {
  private final Admission admission;
  private final Set<String> roles;

  /**
   * @param roles any of them opens; empty = a valid key is enough
   */
  Authentication(Admission admission, Set<String> roles) {
    this.admission = admission;
    this.roles = Set.copyOf(roles);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller =
        admission.admit(
            request.getHeaderString(HttpHeaders.AUTHORIZATION),
            String.valueOf(request.getProperty(RequestNotes.ADDRESS)));
    request.setProperty(RequestNotes.CLIENT, caller.client());
    MDC.put(RequestIds.MDC_CLIENT, caller.client());
    if (!roles.isEmpty() && Collections.disjoint(roles, caller.roles())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN.problem(
              "The operation takes role "
                  + String.join(" or ", new TreeSet<>(roles))
                  + "; the client \""
                  + caller.client()
                  + "\" has "
                  + String.join(", ", new TreeSet<>(caller.roles()))
                  + "."));
    }
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new Admitted(caller, secure));
  }

  private record Admitted(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.roles().contains(role);
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
