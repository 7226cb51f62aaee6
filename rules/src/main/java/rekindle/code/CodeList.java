package rekindle.code;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A list of codes that ships with the library: tab-separated, UTF-8, labels in the first line. */
final class CodeList {
  private CodeList() {}

  /**
   * The rows below the labels, each with all its columns.
   *
   * @throws IllegalStateException if the library was packed without the list or a row is short
   */
  static List<String[]> rows(String name, int columns) {
    var stream =
        Objects.requireNonNull(
            CodeList.class.getResourceAsStream("/rekindle/" + name),
            () -> name + " is missing from the library");
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      var rows = new ArrayList<String[]>();
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] row = line.split("\t", -1);
        if (row.length != columns) {
          throw new IllegalStateException(name + ": \"" + line + "\" has no " + columns + " cells");
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the library", e);
    }
  }
}
