package rekindle.service.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a platform's list and our ledger compare (RELIABILITY, section 2.7).
 *
 * @param listed touches of the list, each once
 * @param repeated ids that the list has more than once: the platform took two requests for two
 * @param both on the list and in the ledger; first those of which only the list told
 * @param oursOnly handed over according to the ledger, and not on the list
 * @param theirsOnly on the list, and not handed over according to the ledger
 * @param unjudged touches of ours so near to the ends of the span that they may be in another list
 */
public record ReconcileReport(
    UUID id,
    PlatformList list,
    int listed,
    List<String> repeated,
    List<Line> both,
    List<Line> oursOnly,
    List<Line> theirsOnly,
    int unjudged) {
  public ReconcileReport {
    repeated = List.copyOf(repeated);
    both = List.copyOf(both);
    oursOnly = List.copyOf(oursOnly);
    theirsOnly = List.copyOf(theirsOnly);
  }

  /** What came of a touch. */
  public enum Result {
    /** It stood so in the ledger. */
    KNOWN,
    /** It was in doubt, unknown or under way, and counts as handed over now. */
    HANDED_OVER,
    /** It was in doubt, and was not taken: it is decided anew. */
    RELEASED,
    /** The platform said once that it has it, or it is not in doubt: it stays as it is. */
    LOST,
    /** It is in the ledger now as handed over. */
    RECORDED,
    /** The ledger has it as handed over to somebody else. */
    OTHER_ROUTE,
    /** Nobody knows whose it is; it counts for nobody. */
    UNRESOLVED,
    /** What is told of it is not what its id was made from; it counts for nobody. */
    REFUSED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A touch in a class.
   *
   * @param at when the platform accepted it; of ours only, when it was reserved
   * @param message what to do about it; null where nothing is to be done
   */
  public record Line(String touchId, Instant at, Result result, @Nullable String message) {}

  /** How many of a class came to a result. */
  static int count(List<Line> lines, Result result) {
    return (int) lines.stream().filter(line -> line.result() == result).count();
  }
}
