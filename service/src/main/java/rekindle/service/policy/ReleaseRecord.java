package rekindle.service.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release and where it stands.
 *
 * @param base the release that it was drafted from; null for the first one
 * @param isBaseActive whether its base decides now, so that activating it takes nothing else back
 * @param title what its author says of it
 * @param findings canonical JSON, as found when it was uploaded; not copied
 * @param errors how many of them keep it from being submitted
 * @param authors everybody who had a hand in it
 * @param approver null while nobody has approved it
 * @param activatesAt of one that is scheduled or about to become active
 */
// Read once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record ReleaseRecord(
    String id,
    ReleaseState state,
    @Nullable String base,
    boolean isBaseActive,
    @Nullable String title,
    byte[] findings,
    int errors,
    int warnings,
    List<PolicyEvents.Actor> authors,
    PolicyEvents.@Nullable Actor approver,
    Instant uploadedAt,
    Instant changedAt,
    @Nullable Instant activatesAt) {

  /** One thing that was done with a release. */
  public record Event(
      Instant at, String action, PolicyEvents.Actor actor, @Nullable String comment) {}
}
