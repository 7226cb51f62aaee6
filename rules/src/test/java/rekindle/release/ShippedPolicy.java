package rekindle.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rekindle.table.TypedTable;

/** The workbooks of the repository, as tests read them. */
final class ShippedPolicy {
  private static final Path FOLDER = Path.of("..", "decision-tables");

  private ShippedPolicy() {}

  static ReadRelease read() {
    return ReleaseReader.read(workbooks());
  }

  static Map<String, byte[]> workbooks() {
    Map<String, byte[]> workbooks = new TreeMap<>();
    for (String name : PolicyTables.workbooks()) {
      try {
        workbooks.put(name, Files.readAllBytes(FOLDER.resolve(name + ".xlsx")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return workbooks;
  }

  static List<Scenario> scenarios(TypedTable table) {
    return table.rows().stream().map(Scenario::of).toList();
  }
}
