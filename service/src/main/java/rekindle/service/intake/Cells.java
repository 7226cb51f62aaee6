package rekindle.service.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row by the names of their columns, whether it is a line of a CSV file or an
 * object of a JSON document; and where a fault of one is reported. A source that knows types
 * refuses a cell of another type than the one that is asked for. An empty cell is null.
 */
interface Cells {
  /** The kind of file, for messages. */
  String file();

  /** The line on which the row starts; 0 if it stands in none. */
  long line();

  /** A text without blanks around it. */
  @Nullable String text(String column);

  /** A truth value, as a word. */
  @Nullable String flag(String column);

  /** A whole number, as digits. */
  @Nullable String whole(String column);

  /** The parts of a list, none of them blank; none if the cell is empty. */
  List<String> list(String column);

  /** All that the row tells. */
  List<String> content();

  /**
   * @param part which part of the list is wrong, or {@link TypedRow#WHOLE}
   * @param found what stands there; null where it may be an address, or where there is nothing
   */
  void error(String column, int part, @Nullable String found, String why);

  void warning(String column, String why);
}
