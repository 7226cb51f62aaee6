package rekindle.service.api;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import rekindle.service.access.Admission;
import rekindle.service.access.Role;

/**
 * Closes every operation to callers without a key: {@code @RolesAllowed} says which roles open it,
 * {@code @PermitAll} that it is public. An operation that says neither, or names a role that does
 * not exist, stops the start.
 */
final class AccessFeature implements DynamicFeature {

  private final Admission admission;

  AccessFeature(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void configure(ResourceInfo operation, FeatureContext context) {
    Method method = operation.getResourceMethod();
    if (isPublic(method)) {
      return;
    }
    Set<String> roles = roles(method).orElse(Set.of());
    boolean ours = !method.getDeclaringClass().getName().startsWith("org.glassfish.jersey.");
    if (ours && (roles.isEmpty() || !Role.CODES.codes().containsAll(roles))) {
      throw new IllegalStateException(
          method
              + " must say who may call it: @RolesAllowed with some of "
              + Role.CODES.codes()
              + ", or @PermitAll");
    }
    // What Jersey adds by itself, the answers to OPTIONS, takes any valid key.
    context.register(new Authentication(admission, roles));
  }

  /** Whether anybody may call the operation. */
  static boolean isPublic(Method method) {
    return method.isAnnotationPresent(PermitAll.class)
        || (!method.isAnnotationPresent(RolesAllowed.class)
            && method.getDeclaringClass().isAnnotationPresent(PermitAll.class));
  }

  /** The roles each of which opens the operation, named at the method or else at its class. */
  static Optional<Set<String>> roles(Method method) {
    RolesAllowed own = method.getAnnotation(RolesAllowed.class);
    RolesAllowed named =
        own != null ? own : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return Optional.ofNullable(named).map(roles -> Set.of(roles.value()));
  }
}
