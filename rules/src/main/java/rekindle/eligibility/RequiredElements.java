package rekindle.eligibility;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * What a message must carry, from the Elements table, for those who have a message and no person.
 * Decisions name the same elements. Thread-safe.
 */
public final class RequiredElements {
  private final Release release;
  private final TypedTable table;

  public RequiredElements(Release release) {
    this.release = release;
    this.table = release.table(EligibilityTables.ELEMENTS);
  }

  /** An element, and a row that demands it. */
  public record Required(String element, Hit hit) {}

  /**
   * What every row demands, in the order of rows: an element that several demand stands there as
   * often.
   *
   * @param jurisdictions every candidate; empty where none is known
   * @param dates the local dates of the candidate zones
   */
  public List<Required> of(Channel channel, List<String> jurisdictions, List<LocalDate> dates) {
    List<Candidate> candidates = Candidate.of(jurisdictions, release.places());
    var required = new ArrayList<Required>();
    for (TypedRow row : table.rows()) {
      if (isFor(channel, row) && dates.stream().anyMatch(row::inForceOn)) {
        CodeList where = EligibilityConstraints.codes(row, "where");
        if (candidates.stream().anyMatch(candidate -> candidate.isTakenBy(where))) {
          Hit hit = new Hit(table, row);
          row.codes("elements").forEach(element -> required.add(new Required(element, hit)));
        }
      }
    }
    return required;
  }

  private static boolean isFor(Channel channel, TypedRow row) {
    return !(row.cell("channel") instanceof Cell.Codes codes) || codes.matches(channel.code());
  }
}
