package rekindle.compliance;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Why a channel may not be used, by kind, each with the latest instant at which it ends. */
final class Denials {
  private final SortedMap<String, Optional<Instant>> ends = new TreeMap<>();

  /**
   * @param kind the sheet that a policy would say it in
   * @param until null where only a new fact can lift it
   */
  void add(String kind, @Nullable Instant until) {
    ends.merge(
        kind,
        Optional.ofNullable(until),
        (one, other) ->
            one.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : one.get().isAfter(other.get()) ? one : other);
  }

  SortedMap<String, Optional<Instant>> ends() {
    return ends;
  }
}
