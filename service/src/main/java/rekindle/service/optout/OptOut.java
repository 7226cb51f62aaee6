package rekindle.service.optout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.optout.OptOutRules.Effect;

/**
 * A no, as it was received.
 *
 * @param contactId the record through which it came
 * @param channel on which it came; null if on none of ours
 * @param ends channels, or {@code all} alone
 * @param reason a suppression's
 * @param forAddress whether it holds for the address that it came from and not for the person
 * @param source who told it, with its own id there
 * @param row what decided what it ends; null if whoever told it did
 * @param note what was said, kept with the person; null if nothing is known
 */
public record OptOut(
    String contactId,
    @Nullable Channel channel,
    List<String> ends,
    String reason,
    boolean forAddress,
    String source,
    String sourceId,
    @Nullable String row,
    @Nullable String rule,
    Instant receivedAt,
    @Nullable String note) {
  public OptOut {
    ends = List.copyOf(ends);
  }

  /** What an effect ends; empty if it ends nothing. */
  public static Optional<OptOut> of(
      Effect effect,
      String contactId,
      @Nullable Channel channel,
      String source,
      String sourceId,
      Instant receivedAt,
      @Nullable String note) {
    String reason = effect.reason();
    return effect.ends().isEmpty() || reason == null
        ? Optional.empty()
        : Optional.of(
            new OptOut(
                contactId,
                channel,
                effect.ends(),
                reason,
                effect.forAddress(),
                source,
                sourceId,
                effect.row(),
                effect.rule(),
                receivedAt,
                note));
  }

  boolean endsAll() {
    return ends.contains(OptOutRules.ALL);
  }

  /** Whether a channel is ended. */
  boolean ends(String channel) {
    return endsAll() || ends.contains(channel);
  }
}
