package rekindle.service.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import rekindle.json.CanonicalJson;
import rekindle.policy.Release;
import rekindle.release.PolicyDifference;
import rekindle.release.PolicyTables;
import rekindle.release.ReadRelease;
import rekindle.release.ReleaseCheck;
import rekindle.release.ReleaseReader;
import rekindle.release.RowChange;
import rekindle.service.policy.ChangeJson;
import rekindle.service.policy.FindingJson;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.WorkbookWriter;

/** {@code tables check}, {@code tables diff}, {@code tables push} and {@code tables new}. */
public final class TablesCommand extends RekindleCommand {
  private final Clock clock;

  public TablesCommand(Terminal terminal, Clock clock) {
    super(
        "tables",
        "Checks, compares or uploads folders of workbooks, or writes empty ones.",
        terminal);
    this.clock = clock;
  }

  @Override
  protected void options(Subparser parser) {
    parser
        .addArgument("action")
        .choices("check", "diff", "push", "new")
        .help(
            "check: every finding; diff: what changed in meaning; push: upload as a draft, with the key in REKINDLE_KEY; new: empty workbooks");
    parser
        .addArgument("folder")
        .metavar("DIR")
        .nargs("?")
        .help("the folder (check, diff and push: default decision-tables)");
    parser
        .addArgument("--from")
        .metavar("DIR")
        .help("diff: the folder to compare with (default: the jar's own workbooks)");
    parser
        .addArgument("--json")
        .action(Arguments.storeTrue())
        .help("check, diff, push: the answer as JSON");
    parser
        .addArgument("--server")
        .metavar("URL")
        .help("push: the running service (default: http://localhost:8080)");
    parser.addArgument("--title").metavar("TEXT").help("push: what you say of the release");
    parser
        .addArgument("--base")
        .metavar("ID")
        .help("push: the release that the workbooks were made from (default: the active one)");
    addAsOf(parser, "check: the day on which rows must be in force (default: today)");
  }

  @Override
  protected void run(Namespace options) throws IOException {
    switch (options.getString("action")) {
      case "new" -> writeEmpty(options.getString("folder"));
      case "diff" -> compare(options);
      case "push" -> new TablesPush(terminal(), System.getenv()).run(options);
      default -> check(options);
    }
  }

  private void check(Namespace options) throws IOException {
    Instant asOf = asOf(options, clock);
    LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    List<Finding> findings =
        ReleaseCheck.findings(PolicyFolder.workbooks(options.getString("folder")), day);
    byte[] answer = options.getBoolean("json") ? line(FindingJson.of(findings)) : text(findings);
    terminal().out().write(answer, 0, answer.length);
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw CommandFailure.withFindings();
    }
  }

  private void compare(Namespace options) throws IOException {
    String from = options.getString("from");
    Release before = release(from == null ? PolicyFolder.shipped() : PolicyFolder.workbooks(from));
    Release after = release(PolicyFolder.workbooks(options.getString("folder")));
    List<RowChange> changes = PolicyDifference.of(before, after);
    byte[] answer =
        options.getBoolean("json")
            ? line(CanonicalJson.of(ChangeJson.of(changes)))
            : ChangeText.text(changes).getBytes(StandardCharsets.UTF_8);
    terminal().out().write(answer, 0, answer.length);
  }

  private static Release release(Map<String, byte[]> workbooks) {
    ReadRelease read = ReleaseReader.read(workbooks);
    Release release = read.release();
    if (release == null) {
      throw CommandFailure.unusable(
          "The workbooks have errors, so nothing can be said of their meaning:\n"
              + new String(text(read.findings()), StandardCharsets.UTF_8).strip());
    }
    return release;
  }

  private static byte[] text(List<Finding> findings) {
    var lines = new ArrayList<String>();
    for (Finding finding : findings) {
      lines.add(FindingJson.severity(finding) + ": " + finding.message());
    }
    long errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).count();
    lines.add(errors + " errors, " + (findings.size() - errors) + " warnings");
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] line(byte[] json) {
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  private void writeEmpty(@org.jspecify.annotations.Nullable String folder) throws IOException {
    if (folder == null) {
      throw CommandFailure.unusable("tables new needs the folder to write to.");
    }
    Path directory = Files.createDirectories(Path.of(folder));
    for (String name : PolicyTables.workbooks()) {
      Path file = directory.resolve(name + ".xlsx");
      if (Files.exists(file)) {
        throw CommandFailure.unusable(
            file + " is there already and stays as it is; name another folder.");
      }
    }
    for (String name : PolicyTables.workbooks()) {
      Path file = directory.resolve(name + ".xlsx");
      Files.write(
          file,
          WorkbookWriter.empty(name, PolicyTables.about(name), PolicyTables.of(name)),
          StandardOpenOption.CREATE_NEW);
      terminal().err().println("tables: wrote " + file);
    }
  }
}
