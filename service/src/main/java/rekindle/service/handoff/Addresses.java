package rekindle.service.handoff;

import org.jspecify.annotations.Nullable;

/** Whoever knows where touches go. */
public interface Addresses {
  /** The address of a reserved touch; null if it has none. */
  @Nullable String of(String touchId);
}
