package rekindle.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.command.Terminal;
import rekindle.service.database.TestDatabase;

/** The commands that decide, as a user runs them, on the shipped workbooks. */
class CommandsTest {
  private static final Path TABLES = Path.of("..", "decision-tables");
  private static final String GOOD = "{\"contact\":{\"id\":\"c-1\",\"jurisdictions\":[\"US-OH\"]}}";

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir Path folder;

  private record Run(int status, String out, String err) {}

  @Test
  void decide_linesOfAllKinds_answersEachInOrderAndSaysWhatIsWrong() throws Exception {
    Path file =
        write(
            "facts.ndjson",
            String.join(
                "\n",
                GOOD,
                "not json",
                "{\"contact\":{\"id\":\"c-2\",\"jurisdiction\":[],\"timeZones\":[\"Mars/Olympus\"]}}",
                "{\"facts\":" + GOOD + ",\"asOf\":\"2026-01-01T00:00:00Z\"}",
                "{\"facts\":" + GOOD + ",\"asOf\":\"soon\",\"when\":1}",
                "[".repeat(5_000),
                "{\"contact\":{\"id\":\"" + "x".repeat(2_000_000) + "\"}}",
                GOOD.replace("c-1", "c-9")));
    Run run = decide(file);
    List<String> lines = run.out.lines().toList();
    assertThat(run.status).isEqualTo(1);
    assertThat(lines).hasSize(8);
    assertThat(lines.get(0))
        .contains("\"contactId\":\"c-1\"")
        .contains("\"asOf\":\"2026-03-10T15:00:00Z\"");
    assertThat(lines.get(1))
        .startsWith("{\"error\":{")
        .contains("\"line\":2")
        .contains("not valid JSON");
    assertThat(lines.get(2))
        .contains("/contact/timeZones/0")
        .contains("did you mean \\\"jurisdictions\\\"");
    assertThat(lines.get(3)).contains("\"asOf\":\"2026-01-01T00:00:00Z\"");
    assertThat(lines.get(4)).contains("\"pointer\":\"/asOf\"").contains("\"pointer\":\"/when\"");
    assertThat(lines.get(5)).contains("\"line\":6");
    assertThat(lines.get(6)).contains("\"line\":7");
    assertThat(lines.get(7)).contains("\"contactId\":\"c-9\"");
    assertThat(run.err).contains("5 lines could not be decided").doesNotContain("Exception");
  }

  @Test
  void decide_sameLinesTwice_givesTheSameBytesAndStatus0() throws Exception {
    Path file = write("facts.ndjson", GOOD + "\n" + GOOD.replace("c-1", "c-2") + "\n");
    Run run = decide(file);
    assertThat(run.status).isZero();
    assertThat(decide(file).out).isEqualTo(run.out);
  }

  @Test
  void explain_oneContact_saysWhatStoodInTheWay() throws Exception {
    Path file = write("facts.json", GOOD);
    Run run =
        run(
            "explain",
            "--tables",
            TABLES.toString(),
            "--as-of",
            "2026-03-10T15:00:00Z",
            file.toString());
    assertThat(run.status).isZero();
    assertThat(run.out)
        .contains("OUT_OF_SCOPE: no segment holds")
        .contains("consent_missing")
        .contains("until a new fact lifts it")
        .contains("Rows that decided");
  }

  private static final String STALLED =
      """
      {"contact": {"id": "c-1", "program": "b2b_saas", "relationship": "lead",
        "jurisdictions": ["US-NY"], "timeZones": ["America/New_York"],
        "lastEngagementAt": "2026-01-10T14:00:00Z"},
       "reach": {"email": "valid"}, "lifecycle": {"deal": {"stage": "sql", "outcome": "open"}}}
      """;

  private Run simulate(String document, String... options) throws Exception {
    Path file = write("simulated.json", document);
    var arguments =
        new ArrayList<>(
            List.of("simulate", "--tables", TABLES.toString(), "--as-of", "2026-03-10T15:00:00Z"));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void simulate_aStalledDeal_tellsItsTouchesDayByDay() throws Exception {
    Run run = simulate(STALLED, "--days", "10");
    assertThat(run.status).isZero();
    assertThat(run.out)
        .startsWith("Calendar of contact c-1\n10 days from Tue 2026-03-10 11:00")
        .contains("Tue 2026-03-10 11:00  day 0    TOUCH  stalled 1 of 3: value by email")
        .contains("Tue 2026-03-17 11:00  day 7    TOUCH  stalled 2 of 3: social_proof by email")
        .contains("not by linkedin: no_address  [eligibility/Address!")
        .endsWith("Next: stalled 3 of 3: offer by email on Tue 2026-03-24 11:00.\n");
  }

  @Test
  void simulate_firstOfSeveralLinesWithAResponse_tellsItAsJson() throws Exception {
    Run run =
        simulate(
            STALLED.replace("\n", " ") + "\n" + GOOD + "\n",
            "--json",
            "--respond",
            "sequence=stalled,step=1,hours=3,kind=click",
            "--respond",
            "day=20,kind=open,channel=email");
    assertThat(run.status).isZero();
    assertThat(run.out.lines()).hasSize(1);
    assertThat(run.out)
        .startsWith("{\"asOf\":\"2026-03-10T15:00:00Z\",\"contactId\":\"c-1\",\"days\":90,")
        .contains("\"at\":\"2026-03-10T18:00:00Z\"", "\"verdict\":\"exit\"")
        .contains("\"at\":\"2026-03-30T15:00:00Z\"");
  }

  @Test
  void simulate_aDocumentThatSaysMore_takesItsWordAndAddsResponses() throws Exception {
    String document =
        "{\"facts\":"
            + STALLED
            + ",\"asOf\":\"2026-03-11T15:00:00Z\",\"days\":9,"
            + "\"responses\":[{\"day\":1,\"kind\":\"open\"}]}";
    Run run = simulate(document, "--days", "30", "--respond", "day=2,kind=login");
    assertThat(run.out)
        .contains("9 days from Wed 2026-03-11 11:00")
        .contains(
            "RESPONSE  open (assumed)",
            "RESPONSE  login (assumed)",
            "  login on Fri 2026-03-13 11:00");
  }

  @Test
  void simulate_wrongInManyWays_listsAllWithStatus1() throws Exception {
    Run run =
        simulate(
            STALLED.replace("\"reach\"", "\"reech\""),
            "--days",
            "500",
            "--respond",
            "day=99,kind=dance");
    assertThat(run.status).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err)
        .contains("/reech: ", "/days: ", "/responses/0/day: ", "/responses/0/kind: ")
        .doesNotContain("/facts", "Exception");
    Run named = simulate("{\"facts\":" + GOOD + ",\"release\":\"sha256:" + "0".repeat(64) + "\"}");
    assertThat(named.status).isEqualTo(2);
    assertThat(named.err).contains("simulate decides by the workbooks of --tables");
  }

  @Test
  void tablesCheck_shippedWorkbooks_findsOnlyRowsThatWaitOrAreOver() throws Exception {
    Run run = run("tables", "check", TABLES.toString(), "--as-of", "2026-11-22");
    assertThat(run.out)
        .contains("(Q-PA-HOL) is no longer in force since 2026-10-17.")
        .contains("(RSP-CALLS-2027) is not in force before 2027-01-31.")
        .endsWith("0 errors, 2 warnings\n");
    assertThat(run.status).isZero();
  }

  @Test
  void tablesCheck_aFolderThatLacksWorkbooks_namesEachWithStatus1() throws Exception {
    Files.copy(TABLES.resolve("segments.xlsx"), folder.resolve("segments.xlsx"));
    Files.write(folder.resolve("cadence.xlsx"), "no workbook".getBytes(StandardCharsets.UTF_8));
    Run run = run("tables", "check", folder.toString(), "--json");
    assertThat(run.status).isEqualTo(1);
    assertThat(run.out)
        .startsWith("[{")
        .contains("\"code\":\"workbook_missing\"")
        .contains("eligibility.xlsx is missing")
        .contains("\"workbook\":\"cadence\"");
  }

  @Test
  void tablesDiff_theSameWorkbooks_saysThatNothingChanged() throws Exception {
    Run run = run("tables", "diff", TABLES.toString(), "--from", TABLES.toString());
    assertThat(run.out).isEqualTo("No change in meaning.\n");
    assertThat(run.status).isZero();
  }

  @Test
  void tablesDiff_aCellTypedAnew_namesRowColumnAndBothTexts() throws Exception {
    try (var files = Files.list(TABLES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".xlsx")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path caps = folder.resolve("eligibility.xlsx");
    String id;
    try (var book = new XSSFWorkbook(Files.newInputStream(caps))) {
      var sheet = book.getSheet("Caps");
      var header = sheet.getRow(9);
      var row = sheet.getRow(10);
      id = row.getCell(0).getStringCellValue();
      for (var cell : header) {
        if (cell.getStringCellValue().equals("Touches: at least")) {
          row.getCell(cell.getColumnIndex()).setCellValue(41);
        }
      }
      try (var out = Files.newOutputStream(caps)) {
        book.write(out);
      }
    }
    Run run = run("tables", "diff", folder.toString(), "--from", TABLES.toString());
    assertThat(run.out)
        .startsWith("eligibility/Caps  " + id + "  changed in row 11\n    Touches: at least: ")
        .contains(" → 41\n")
        .endsWith("1 changes, of which 1 can decide\n");
    String json =
        run("tables", "diff", folder.toString(), "--from", TABLES.toString(), "--json").out;
    assertThat(json)
        .startsWith("[{\"cells\":[{\"after\":\"41\"")
        .contains("\"change\":\"changed\"", "\"rowAfter\":11");
  }

  @Test
  void tablesNew_anEmptyFolder_isFilledOnceAndNeverOverwritten() throws Exception {
    Path target = folder.resolve("new");
    assertThat(run("tables", "new", target.toString()).status).isZero();
    assertThat(target.resolve("eligibility.xlsx")).isNotEmptyFile();
    Run again = run("tables", "new", target.toString());
    assertThat(again.status).isEqualTo(2);
    assertThat(again.err).contains("is there already and stays as it is");
  }

  @Test
  void demo_startedTwice_showsEverythingAndImportsNothingTwice() throws Exception {
    Path config =
        write(
            "config.yml",
            """
            dataFolder: %s
            database: {url: "%s", user: postgres, password: none}
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
            """
                .formatted(folder.resolve("data"), DATABASE.url()));
    Run first = run("demo", "--exit", "--tables", TABLES.toString(), config.toString());
    assertThat(first.err).doesNotContain("lacks");
    assertThat(first.status).isZero();
    assertThat(first.out)
        .contains("Decisions by segment and verdict")
        .contains("Rows that decided")
        .contains("/explanation");

    Run second = run("demo", "--exit", "--tables", TABLES.toString(), config.toString());
    assertThat(second.status).isZero();
    assertThat(second.out.lines().filter(line -> line.contains(" 0 records new in the store")))
        .hasSize(3);
  }

  private Run decide(Path file) throws Exception {
    return run(
        "decide",
        "--tables",
        TABLES.toString(),
        "--as-of",
        "2026-03-10T15:00:00Z",
        file.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Run run(String... arguments) throws Exception {
    var out = new ByteArrayOutputStream();
    var err = new StringWriter();
    var terminal =
        new Terminal(
            new PrintStream(out, false, StandardCharsets.UTF_8), new PrintWriter(err, true));
    var application = new RekindleApplication(terminal);
    var all = new ArrayList<>(List.of(arguments));
    application.run(all.toArray(String[]::new));
    return new Run(application.status(), out.toString(StandardCharsets.UTF_8), err.toString());
  }
}
