package rekindle.service.store;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a list of rows.
 *
 * @param changed told something new
 * @param unchanged told what was known already
 * @param refused were not written; the others were
 */
public record Written(long changed, long unchanged, List<Refusal> refused) {
  public static final Written NOTHING = new Written(0, 0, List.of());

  public Written {
    refused = List.copyOf(refused);
  }

  /** Both together; the places of refused rows are those within their own lists. */
  public Written plus(Written more) {
    var all = new ArrayList<>(refused);
    all.addAll(more.refused);
    return new Written(changed + more.changed, unchanged + more.unchanged, all);
  }

  /**
   * A row that was not written.
   *
   * @param index its place in the list, from 0
   */
  public record Refusal(int index, String contactId, Reason reason) {}

  /** Why a row was not written. */
  public enum Reason {
    /** The store does not know the contact; import it first. */
    UNKNOWN_CONTACT,
    /** The source told other content under the same id before, and its ledger takes no changes. */
    OTHER_CONTENT
  }
}
