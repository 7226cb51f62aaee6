package rekindle.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * One rule: a row, or the part of it that stands for one key and one channel.
 *
 * @param number index in its plan; what a rule that holds reports to {@link StageInput#hit}
 * @param key the one key value for which the row was compiled; null where the table has no key or
 *     the cell excludes keys
 * @param hit the row
 * @param channel the channel for which the row was compiled; null where the table has none
 * @param constraints in DRL on the stage input, all of which must hold; the key's first
 */
public record Rule(
    int number,
    Hit hit,
    @Nullable String key,
    @Nullable Channel channel,
    List<String> constraints) {
  public Rule {
    constraints = List.copyOf(constraints);
  }

  public TypedTable table() {
    return hit.table();
  }

  public TypedRow row() {
    return hit.row();
  }

  /** The row reference of the contract: {@code eligibility/Consent!14}. */
  public String reference() {
    return hit.reference();
  }
}
