package rekindle.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** Findings about rows in the author's words. */
final class Wording {
  /** As many rows as a sentence names. */
  private static final int NAMED_MAX = 5;

  private final TypedTable table;

  Wording(TypedTable table) {
    this.table = table;
  }

  /** A finding whose sentence begins with the sheet. */
  Finding finding(
      Severity severity,
      String code,
      @Nullable TypedRow row,
      String sentence,
      @Nullable String example) {
    return new Finding(
        severity,
        table.definition().workbook(),
        table.definition().sheet(),
        null,
        row == null ? null : row.number(),
        row == null ? null : row.id(),
        code,
        table.definition().place() + ": " + sentence,
        example);
  }

  /** "row 14 (SEG-STALL)". */
  static String name(TypedRow row) {
    return "row " + named(row);
  }

  /** "rows 11 (A), 12 (B) and 14 (C)", or one row alone. */
  static String names(List<TypedRow> rows) {
    if (rows.size() == 1) {
      return name(rows.get(0));
    }
    int shown = rows.size() > NAMED_MAX ? NAMED_MAX - 1 : rows.size() - 1;
    String first = String.join(", ", rows.stream().limit(shown).map(Wording::named).toList());
    String last =
        rows.size() > NAMED_MAX ? rows.size() - shown + " more" : named(rows.get(rows.size() - 1));
    return "rows " + first + " and " + last;
  }

  private static String named(TypedRow row) {
    return row.number() + " (" + row.id() + ")";
  }

  /**
   * One case in a box, by column label: of all that the given boxes leave open nothing is said.
   *
   * @return canonical JSON
   */
  static String example(Space space, Box box, List<Box> involved) {
    return json(values(space, box, involved));
  }

  /** The same case in words. */
  static String sentence(Space space, Box box, List<Box> involved) {
    var values = values(space, box, involved);
    return values.isEmpty()
        ? "anybody"
        : String.join(
            ", ", values.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  static String json(SortedMap<String, String> values) {
    var json = new CanonicalJson().startObject();
    values.forEach((label, value) -> json.key(label).text(value));
    return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
  }

  private static SortedMap<String, String> values(Space space, Box box, List<Box> involved) {
    var values = new TreeMap<String, String>();
    for (int d = 0; d < space.dimensions(); d++) {
      Dimension dimension = space.dimension(d);
      if (isAsked(space, box, d) || isAsked(space, involved, d)) {
        String label = dimension.label();
        for (int i = 2; values.containsKey(label); i++) {
          label = dimension.label() + " (" + i + ")";
        }
        values.put(label, dimension.words(shown(space, box, d)));
      }
    }
    return values;
  }

  private static boolean isAsked(Space space, List<Box> boxes, int d) {
    return boxes.stream().anyMatch(box -> isAsked(space, box, d));
  }

  private static boolean isAsked(Space space, Box box, int d) {
    return space.count(box.words(), d) < space.dimension(d).all().cardinality();
  }

  /** A known value where there is one. */
  private static int shown(Space space, Box box, int d) {
    for (int piece = 0; piece < space.dimension(d).size(); piece++) {
      if (space.has(box, d, piece) && !space.dimension(d).words(piece).equals("unknown")) {
        return piece;
      }
    }
    return space.first(box, d);
  }
}
