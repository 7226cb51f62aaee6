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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.FactsReader;
import rekindle.service.command.Terminal;

class RekindleApplicationTest {
  @TempDir Path folder;

  /** What one run of the jar gave. */
  private record Run(int status, String out, String err) {}

  @Test
  void facts_ofGoodFiles_answerOnStandardOutputWithStatus0() throws Exception {
    Path file = write("t.csv", "customerID,tenure,TotalCharges,Churn\na,1,2.50,Yes\nb,1,2,No\n");
    Run run = run("facts", "--from", "telco", file.toString(), "--as-of", "2026-03-10");
    assertThat(run.status).isZero();
    assertThat(run.out)
        .isEqualTo(
            """
            {"contact":{"business":"b2c","id":"a","program":"telecom","relationship":"former_customer",\
            "subscriberType":"individual"},"lifecycle":{"subscription":{"endedAt":"2026-02-07T00:00:00Z",\
            "status":"cancelled","usageLast30Days":0}},"value":{"currency":"USD","lifetimeValue":"2.50"}}
            {"contact":{"business":"b2c","id":"b","program":"telecom","relationship":"customer",\
            "subscriberType":"individual"},"lifecycle":{"subscription":{"status":"active"}},\
            "value":{"currency":"USD","lifetimeValue":"2"}}
            """);
    assertThat(run.err).contains("facts: 2 facts documents written, as of 2026-03-10T00:00:00Z");
  }

  @Test
  void facts_ofFilesWithABadRow_nameItAndGiveTheRestWithStatus1() throws Exception {
    write("contacts.csv", "id,country\nc-1,UK\nc-2,DE\n");
    Run run = run("facts", "--from", "crm", folder.toString(), "--as-of", "2026-03-10");
    assertThat(run.status).isEqualTo(1);
    assertThat(run.out.lines()).hasSize(1);
    assertThat(run.err)
        .contains("severity,file,line,column,found,message")
        .contains("error,contacts.csv,2,country,UK,")
        .doesNotContain("Exception");
  }

  @Test
  void facts_withGeneratedConsents_areLabelledAndTakeTheProgram() throws Exception {
    Path file = write("t.csv", "customerID,tenure,TotalCharges,Churn\na,1,2.50,Yes\n");
    Run run =
        run(
            "facts",
            "--from",
            "telco",
            file.toString(),
            "--as-of",
            "2026-03-10",
            "--with-generated-consents",
            "--seed",
            "5",
            "--program",
            "subscription");
    assertThat(run.status).isZero();
    assertThat(run.err).contains("GENERATED from seed 5");
    assertThat(FactsReader.read(run.out.strip()).contact().program()).isEqualTo("subscription");
  }

  @Test
  void options_thatAreWrong_giveUsageAndStatus2() throws Exception {
    for (List<String> arguments :
        List.of(
            List.of("facts"),
            List.of("facts", "--from", "excel", "x"),
            List.of("facts", "--from", "telco", "x", "--as-of", "soon"),
            List.of("facts", "--form", "telco", "x"),
            List.of("fcats"),
            List.of("server", "config.yml"))) {
      Run run = run(arguments.toArray(String[]::new));
      assertThat(run.status).as("%s", arguments).isEqualTo(2);
      assertThat(run.out).isEmpty();
    }
  }

  @Test
  void files_thatAreNotThere_giveOnePlainLineAndStatus2() throws Exception {
    String missing = folder.resolve("no.csv").toString();
    Run run = run("facts", "--from", "telco", missing);
    assertThat(run.status).isEqualTo(2);
    assertThat(run.err).isEqualTo("facts: " + missing + ": there is no such file to read\n");
    assertThat(run("facts", "--from", "crm", folder.toString()).err)
        .isEqualTo("facts: contacts.csv: the folder must hold at least contacts.csv\n");
    Path broken = folder.resolve("broken.csv.gz");
    Files.write(broken, new byte[] {0x1F, (byte) 0x8B, 1, 2, 3});
    Run unzip = run("facts", "--from", "telco", broken.toString());
    assertThat(unzip.status).isEqualTo(2);
    assertThat(unzip.err.lines()).hasSize(1);
  }

  @Test
  void configuration_withFaults_isToldWholeOnStandardErrorWithStatus2() throws Exception {
    Path file = write("config.yml", "dataFoldr: x\ndatabase: {connectionsMax: many}\n");
    for (String command : List.of("check", "server")) {
      Run run = run(command, file.toString());
      assertThat(run.status).isEqualTo(2);
      assertThat(run.out).isEmpty();
      assertThat(run.err)
          .isEqualTo(
              """
              %s: %s has the following errors:
                * dataFoldr: there is no such key. Did you mean dataFolder?
                * database.connectionsMax: found "many"; expected a whole number
              """
                  .formatted(command, file));
    }
    Run saved = run("backup", "--config", file.toString(), folder.resolve("b.zip").toString());
    assertThat(saved.status).isEqualTo(2);
    assertThat(saved.err).startsWith("backup: " + file + " has the following errors:");
  }

  @Test
  void configuration_asShipped_isInOrder() throws Exception {
    Run run = run("check", Path.of("..", "config.yml").toString());
    assertThat(run.status).isZero();
    assertThat(run.err).endsWith("config.yml is in order\n");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Run run(String... arguments) throws Exception {
    var out = new ByteArrayOutputStream();
    var err = new StringWriter();
    var application =
        new RekindleApplication(
            new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8), new PrintWriter(err)));
    application.run(arguments);
    return new Run(
        application.status(),
        out.toString(StandardCharsets.UTF_8),
        err.toString().replace(System.lineSeparator(), "\n"));
  }
}
