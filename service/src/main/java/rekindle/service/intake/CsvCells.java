package rekindle.service.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row of a CSV file, where everything is text and lists are separated by
 * semicolons.
 *
 * @param places where the row holds what is told of each column, the first ones before others
 */
record CsvCells(
    String file, long line, Map<String, List<Place>> places, List<String> content, IntakeLog log)
    implements Cells {

  /** A cell that tells of a column, and how it is read. */
  record Place(int cell, CellRule rule, String argument) {}

  /** The same row, reporting to another log. */
  CsvCells reportingTo(IntakeLog other) {
    return new CsvCells(file, line, places, content, other);
  }

  @Override
  public @Nullable String text(String column) {
    for (Place place : places.getOrDefault(column, List.of())) {
      String text = told(place);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private @Nullable String told(Place place) {
    String text = content.get(place.cell()).strip();
    return text.isEmpty() ? null : place.rule().read(text, place.argument());
  }

  @Override
  public @Nullable String flag(String column) {
    return text(column);
  }

  @Override
  public @Nullable String whole(String column) {
    return text(column);
  }

  @Override
  public List<String> list(String column) {
    var parts = new ArrayList<String>();
    for (Place place : places.getOrDefault(column, List.of())) {
      String text = told(place);
      if (text != null) {
        for (String part : text.split(";", -1)) {
          if (!part.isBlank()) {
            parts.add(part.strip());
          }
        }
      }
    }
    return parts;
  }

  @Override
  public void error(String column, int part, @Nullable String found, String why) {
    log.error(file, line, column, found, why);
  }

  @Override
  public void warning(String column, String why) {
    log.warning(file, line, column, null, why);
  }
}
