package rekindle.service.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.engine.DecisionEngine;
import rekindle.policy.Release;
import rekindle.release.PolicyTables;
import rekindle.release.ReadRelease;
import rekindle.release.ReleaseReader;

/**
 * Where the workbooks are: a folder that was named, {@code ./decision-tables}, or the jar's own
 * copy.
 */
public final class PolicyFolder {
  /** The usual folder. */
  static final Path USUAL = Path.of("decision-tables");

  /** No workbook may be larger; one byte more shows that one is. */
  private static final int BYTES_MAX = 5 * 1024 * 1024;

  private static final String SUFFIX = ".xlsx";

  private PolicyFolder() {}

  /**
   * @param folder null for the usual one
   */
  public static SortedMap<String, byte[]> workbooks(@Nullable String folder) throws IOException {
    if (folder != null) {
      return inFolder(Path.of(folder));
    }
    return Files.isDirectory(USUAL) ? inFolder(USUAL) : shipped();
  }

  /** The jar's own copy. */
  static SortedMap<String, byte[]> shipped() throws IOException {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      try (InputStream in =
          PolicyFolder.class.getResourceAsStream("/decision-tables/" + name + SUFFIX)) {
        if (in != null) {
          workbooks.put(name, in.readAllBytes());
        }
      }
    }
    return workbooks;
  }

  /**
   * An engine for the release of a folder; what is wrong with the tables is written for a person.
   *
   * @throws CommandFailure if a finding is an error
   */
  static DecisionEngine engine(@Nullable String folder, Terminal terminal) throws IOException {
    return engine(ReleaseReader.read(workbooks(folder)), terminal);
  }

  /** An engine for workbooks that were read. */
  static DecisionEngine engine(ReadRelease read, Terminal terminal) {
    Release release = read.release();
    if (release == null) {
      read.findings().forEach(finding -> terminal.err().println(finding.message()));
      throw CommandFailure.unusable(
          "The tables have errors; nothing was decided. Mend them and try again.");
    }
    return DecisionEngine.of(release);
  }

  private static SortedMap<String, byte[]> inFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.unusable(
          folder + " is no folder; name one that holds the .xlsx workbooks.");
    }
    var workbooks = new TreeMap<String, byte[]>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean isWorkbook =
            name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                && !name.startsWith("~")
                && !name.startsWith(".");
        if (isWorkbook && Files.isRegularFile(file)) {
          try (InputStream in = Files.newInputStream(file)) {
            workbooks.put(
                name.substring(0, name.length() - SUFFIX.length()), in.readNBytes(BYTES_MAX + 1));
          }
        }
      }
    }
    return workbooks;
  }
}
