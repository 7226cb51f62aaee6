package rekindle.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.policy.Release;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookWriter;

/**
 * Two policies that were made from the same one, merged by what they mean: rows are recognised by
 * their Ids, and a cell that one side changed is taken from that side.
 */
public final class PolicyMerge {
  private final List<MergedTable> tables;
  private final List<Conflict> conflicts = new ArrayList<>();

  /**
   * One place that both sides changed.
   *
   * @param column header of the column; null where the row as a whole is meant
   * @param base what stood there, as a person would type it, and empty for no row; likewise the
   *     next two
   * @param reason {@code cell}, {@code removed}, {@code added} or {@code moved}
   */
  public record Conflict(
      String workbook,
      String sheet,
      String id,
      @Nullable String column,
      String base,
      String mine,
      String theirs,
      String reason) {}

  private PolicyMerge(List<MergedTable> tables) {
    this.tables = tables;
    tables.forEach(table -> conflicts.addAll(table.conflicts()));
  }

  /**
   * Merges.
   *
   * @param base what both sides were made from
   */
  public static PolicyMerge of(Release base, Release mine, Release theirs) {
    return new PolicyMerge(
        theirs.tables().stream()
            .map(
                table ->
                    MergedTable.of(
                        base.table(table.definition()), mine.table(table.definition()), table))
            .toList());
  }

  /** What both sides changed to something else; empty if the merge can be used. */
  public List<Conflict> conflicts() {
    return List.copyOf(conflicts);
  }

  /** The merged tables, in the order of the policy. */
  public List<TypedTable> tables() {
    return tables.stream().map(MergedTable::table).toList();
  }

  /**
   * The merged workbooks. A file that only one side changed in meaning stays that side's own, with
   * its looks; one that both changed is written afresh.
   *
   * @param mine bytes by workbook name, likewise theirs
   */
  public SortedMap<String, byte[]> workbooks(Map<String, byte[]> mine, Map<String, byte[]> theirs) {
    var workbooks = new TreeMap<>(theirs);
    for (String name : PolicyTables.workbooks()) {
      List<MergedTable> own =
          tables.stream().filter(t -> t.table().definition().workbook().equals(name)).toList();
      boolean mineChanged = own.stream().anyMatch(MergedTable::mineChanged);
      boolean theirsChanged = own.stream().anyMatch(MergedTable::theirsChanged);
      byte[] file = mine.get(name);
      if (mineChanged && theirsChanged) {
        workbooks.put(
            name,
            WorkbookWriter.write(
                name, PolicyTables.about(name), own.stream().map(MergedTable::table).toList()));
      } else if (mineChanged && file != null) {
        workbooks.put(name, file);
      }
    }
    return workbooks;
  }
}
