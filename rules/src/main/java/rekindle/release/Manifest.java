package rekindle.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import rekindle.calendar.ZoneTable;
import rekindle.rule.DroolsCompiler;
import rekindle.rule.Rule;
import rekindle.rule.RulePlan;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * What a release consists of, hash by hash; the release is named by the SHA-256 of its canonical
 * text. {@code content.…} stays equal where a spreadsheet program only saved a file anew.
 *
 * @param entries one line each: name and {@code sha256:…}, or a version
 */
record Manifest(Map<String, String> entries) {
  private static final String FORMAT = "1";

  /** An entry of workbooks that could not be read; no release has it. */
  private static final String UNREAD = "read";

  Manifest {
    entries = Map.copyOf(entries);
  }

  static Manifest of(
      Map<String, byte[]> workbooks, List<TypedTable> tables, ZoneTable zones, RulePlan plan) {
    var entries = bytes(workbooks);
    entries.put("zones", sha256(zones.toText().getBytes(StandardCharsets.UTF_8)));
    entries.put("rules", sha256(text(plan).getBytes(StandardCharsets.UTF_8)));
    for (TypedTable table : tables) {
      String name = "content." + table.definition().workbook() + "." + table.definition().sheet();
      entries.put(name, sha256(text(table).getBytes(StandardCharsets.UTF_8)));
    }
    return new Manifest(entries);
  }

  /** Of workbooks of which at least one could not be read: all that is known are their bytes. */
  static Manifest unread(Map<String, byte[]> workbooks) {
    var entries = bytes(workbooks);
    entries.put(UNREAD, "no");
    return new Manifest(entries);
  }

  /** Whether a manifest's text is of workbooks that could not be read. */
  static boolean isUnread(String text) {
    return text.lines().anyMatch(line -> line.equals(UNREAD + " no"));
  }

  private static SortedMap<String, String> bytes(Map<String, byte[]> workbooks) {
    var entries = new TreeMap<String, String>();
    entries.put("format", FORMAT);
    entries.put("engine", DroolsCompiler.ENGINE);
    for (String name : PolicyTables.workbooks()) {
      byte[] bytes = workbooks.get(name);
      if (bytes != null) {
        entries.put("bytes." + name, sha256(bytes));
      }
    }
    return entries;
  }

  /** {@code sha256:} and 64 hexadecimal digits. */
  String id() {
    return sha256(text().getBytes(StandardCharsets.UTF_8));
  }

  /** The canonical text that the id is the hash of. */
  String text() {
    var text = new StringBuilder();
    new TreeMap<>(entries)
        .forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
    return text.toString();
  }

  /** Typed content without row numbers: what the table means, wherever its rows stand. */
  private static String text(TypedTable table) {
    var text = new StringBuilder();
    for (TypedRow row : table.rows()) {
      text.append(row.id()).append(' ').append(row.from()).append(' ').append(row.to()).append(' ');
      text.append(new TreeMap<>(row.cells())).append('\n');
    }
    return text.toString();
  }

  private static String text(RulePlan plan) {
    var text = new StringBuilder();
    for (Rule rule : plan.rules()) {
      text.append(rule.table().definition().place())
          .append(' ')
          .append(rule.row().id())
          .append(' ');
      text.append(rule.constraints()).append('\n');
    }
    return text.toString();
  }

  private static String sha256(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
