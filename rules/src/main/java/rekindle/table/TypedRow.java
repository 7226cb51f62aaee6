package rekindle.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row, read and typed.
 *
 * @param number row number as the spreadsheet program shows it
 * @param id the row's own stable id, {@code otherwise} for the last row of a first-hit table
 * @param cells by column key; every column of the table is there
 * @param from first local date on which the row is in force, null for always
 * @param to last local date on which the row is in force, null for ever
 */
public record TypedRow(
    int number,
    String id,
    Map<String, Cell> cells,
    @Nullable LocalDate from,
    @Nullable LocalDate to) {
  public static final String OTHERWISE = "otherwise";

  public TypedRow {
    cells = Map.copyOf(cells);
  }

  public boolean isOtherwise() {
    return id.equals(OTHERWISE);
  }

  /** Whether the row is in force on a local date. */
  public boolean inForceOn(LocalDate date) {
    return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
  }

  public Cell cell(String key) {
    Cell cell = cells.get(key);
    if (cell == null) {
      throw new IllegalArgumentException(
          "row " + number + " (" + id + ") has no column '" + key + "'");
    }
    return cell;
  }

  /** The one code of a result cell; empty for {@code none}. */
  public Optional<String> code(String key) {
    List<String> codes = codes(key);
    return codes.isEmpty() ? Optional.empty() : Optional.of(codes.get(0));
  }

  /** The codes of a result cell, in their order. */
  public List<String> codes(String key) {
    return cell(key) instanceof Cell.Codes codes ? codes.values() : List.of();
  }

  /** The number of a cell; empty for {@code none}, {@code any} and blank. */
  public Optional<BigDecimal> number(String key) {
    return cell(key) instanceof Cell.Number number ? Optional.of(number.value()) : Optional.empty();
  }

  /** Whether a result cell says {@code yes}. */
  public boolean isYes(String key) {
    return codes(key).equals(List.of("yes"));
  }

  /** The text of a note; empty where blank. */
  public Optional<String> text(String key) {
    return cells.get(key) instanceof Cell.Text text ? Optional.of(text.value()) : Optional.empty();
  }
}
