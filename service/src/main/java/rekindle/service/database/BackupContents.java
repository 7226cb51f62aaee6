package rekindle.service.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a backup says of itself, in {@code contents.json}.
 *
 * @param format of the file
 * @param rekindle version of the jar that wrote it
 * @param postgresql version of the server that it was taken from
 * @param schema version of the tables
 * @param takenAt by the database's clock
 * @param months for which there were partitions, {@code 2026-03}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BackupContents(
    int format,
    String rekindle,
    String postgresql,
    String schema,
    String takenAt,
    List<String> months,
    List<Sequence> sequences,
    List<Table> tables) {
  static final int FORMAT = 1;
  static final String ENTRY = "contents.json";

  BackupContents {
    months = List.copyOf(months);
    sequences = List.copyOf(sequences);
    tables = List.copyOf(tables);
  }

  /** The counter behind an identity column. */
  record Sequence(String name, long last) {}

  /**
   * One table.
   *
   * @param sha256 of its bytes, in hexadecimal digits
   */
  record Table(String name, long rows, long bytes, String sha256) {
    String entry() {
      return "tables/" + name + ".copy";
    }
  }

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }
}
