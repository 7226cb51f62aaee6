package rekindle.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseReader;

/** The engine of the shipped workbooks, compiled once for all tests of a run. */
public final class ShippedEngine {
  private static final DecisionEngine ENGINE = compile();

  private ShippedEngine() {}

  public static DecisionEngine get() {
    return ENGINE;
  }

  private static DecisionEngine compile() {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      try {
        workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return DecisionEngine.of(Objects.requireNonNull(ReleaseReader.read(workbooks).release()));
  }
}
