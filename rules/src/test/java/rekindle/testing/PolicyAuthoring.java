package rekindle.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rekindle.release.PolicyTables;
import rekindle.table.CellWriter;
import rekindle.table.Column;
import rekindle.table.Finding;
import rekindle.table.ReadWorkbook;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;
import rekindle.table.WorkbookWriter;

/**
 * Writes workbooks from text files and back: {@code <folder>/<workbook>/<Sheet>.tsv}, UTF-8, labels
 * in the first line, cells as a person would type them, {@code \n} for a line break in a note.
 * {@code <folder>/<workbook>/about.txt} becomes the head of the Read me sheet.
 */
public final class PolicyAuthoring {
  private static final String USAGE =
      "usage: PolicyAuthoring write <folder of .tsv> <folder of .xlsx> | read <folder of .xlsx>"
          + " <folder of .tsv> | labels <folder of .tsv>";

  private PolicyAuthoring() {}

  /** Exit status 0 if there was no error, 1 if tables have errors, 2 if the call makes no sense. */
  public static void main(String[] arguments) throws IOException {
    List<TableDefinition> definitions = PolicyTables.all();
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Finding> findings;
    if (arguments.length == 3 && arguments[0].equals("write")) {
      findings = write(Path.of(arguments[1]), Path.of(arguments[2]), definitions);
    } else if (arguments.length == 3 && arguments[0].equals("read")) {
      findings = read(Path.of(arguments[1]), Path.of(arguments[2]), definitions);
    } else if (arguments.length == 2 && arguments[0].equals("labels")) {
      findings = labels(Path.of(arguments[1]), definitions);
    } else {
      out.println(USAGE);
      System.exit(2);
      return;
    }
    findings.forEach(f -> out.println(f.severity() + " " + f.message()));
    boolean failed = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    System.exit(failed ? 1 : 0);
  }

  /**
   * Writes every workbook of which at least one text file is there; tables without one, and tables
   * with errors, come out empty. Reads each back, so that what is written is what was meant.
   */
  public static List<Finding> write(Path texts, Path workbooks, List<TableDefinition> definitions)
      throws IOException {
    var findings = new ArrayList<Finding>();
    Files.createDirectories(workbooks);
    for (var workbook : byWorkbook(definitions).entrySet()) {
      Path folder = texts.resolve(workbook.getKey());
      if (!Files.isDirectory(folder)) {
        continue;
      }
      var tables = new ArrayList<TypedTable>();
      for (TableDefinition definition : workbook.getValue()) {
        tables.add(table(folder, definition, findings));
      }
      byte[] file = WorkbookWriter.write(workbook.getKey(), about(folder), tables);
      Files.write(workbooks.resolve(workbook.getKey() + ".xlsx"), file);
      ReadWorkbook again = WorkbookReader.read(workbook.getKey(), file, workbook.getValue());
      findings.addAll(again.findings());
      if (!again.hasErrors() && !again.tables().equals(tables)) {
        throw new IllegalStateException(workbook.getKey() + ".xlsx reads otherwise than written");
      }
    }
    return findings;
  }

  /** Writes the text files of every workbook in a folder. */
  public static List<Finding> read(Path workbooks, Path texts, List<TableDefinition> definitions)
      throws IOException {
    var findings = new ArrayList<Finding>();
    for (var workbook : byWorkbook(definitions).entrySet()) {
      Path file = workbooks.resolve(workbook.getKey() + ".xlsx");
      if (!Files.exists(file)) {
        continue;
      }
      ReadWorkbook read =
          WorkbookReader.read(workbook.getKey(), Files.readAllBytes(file), workbook.getValue());
      findings.addAll(read.findings());
      for (TypedTable table : read.tables()) {
        writeLines(texts, table);
      }
    }
    return findings;
  }

  /** Writes a text file with labels (and the otherwise row) for every table that has none yet. */
  public static List<Finding> labels(Path texts, List<TableDefinition> definitions)
      throws IOException {
    for (TableDefinition definition : definitions) {
      if (!Files.exists(path(texts.resolve(definition.workbook()), definition))) {
        writeLines(texts, WorkbookWriter.empty(definition));
      }
    }
    return List.of();
  }

  private static Map<String, List<TableDefinition>> byWorkbook(List<TableDefinition> definitions) {
    return definitions.stream()
        .collect(
            Collectors.groupingBy(
                TableDefinition::workbook, LinkedHashMap::new, Collectors.toList()));
  }

  private static TypedTable table(Path folder, TableDefinition definition, List<Finding> findings)
      throws IOException {
    Path file = path(folder, definition);
    if (!Files.exists(file)) {
      return WorkbookWriter.empty(definition);
    }
    var lines = new ArrayList<List<String>>();
    for (String line : Files.readAllLines(file)) {
      // A blank line is no row, so that the row numbers are those of the workbook.
      if (!line.isBlank()) {
        lines.add(Arrays.stream(line.split("\t", -1)).map(t -> t.replace("\\n", "\n")).toList());
      }
    }
    ReadWorkbook read = WorkbookReader.readTexts(definition, lines);
    findings.addAll(read.findings());
    return read.table(definition.sheet()).orElseGet(() -> WorkbookWriter.empty(definition));
  }

  private static String about(Path folder) throws IOException {
    Path file = folder.resolve("about.txt");
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private static void writeLines(Path texts, TypedTable table) throws IOException {
    List<Column> columns = table.definition().columns();
    var lines = new ArrayList<String>();
    lines.add(columns.stream().map(Column::label).collect(Collectors.joining("\t")));
    for (TypedRow row : table.rows()) {
      lines.add(
          columns.stream()
              .map(c -> CellWriter.text(c, row.cell(c.key())).replace("\n", "\\n"))
              .collect(Collectors.joining("\t")));
    }
    Path folder = texts.resolve(table.definition().workbook());
    Files.createDirectories(folder);
    Files.write(path(folder, table.definition()), lines);
  }

  private static Path path(Path folder, TableDefinition definition) {
    return folder.resolve(definition.sheet() + ".tsv");
  }
}
