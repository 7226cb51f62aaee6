package rekindle.service.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row of a CSV file, where everything is text and lists are separated by
 * semicolons.
 *
 * @param places of the columns in the row
 */
record CsvCells(
    String file, long line, Map<String, Integer> places, List<String> content, IntakeLog log)
    implements Cells {

  /** The same row, reporting to another log. */
  CsvCells reportingTo(IntakeLog other) {
    return new CsvCells(file, line, places, content, other);
  }

  @Override
  public @Nullable String text(String column) {
    Integer place = places.get(column);
    if (place == null) {
      return null;
    }
    String text = content.get(place).strip();
    return text.isEmpty() ? null : text;
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
    String text = text(column);
    var parts = new ArrayList<String>();
    if (text != null) {
      for (String part : text.split(";", -1)) {
        if (!part.isBlank()) {
          parts.add(part.strip());
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
