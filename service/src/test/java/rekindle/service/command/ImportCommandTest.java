package rekindle.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.Import;
import rekindle.service.intake.Intakes;

class ImportCommandTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path keys = Path.of(".");

  @TempDir Path folder = Path.of(".");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private void run(Map<String, Object> options) throws Exception {
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintWriter(err, true));
    var command =
        new ImportCommand(
            terminal,
            Clock.systemUTC(),
            config ->
                new ImportCommand.OpenStore() {
                  @Override
                  public Import imports() {
                    return new Intakes(DATABASE.jdbi(), keys.resolve("identity-keys.json")).imports;
                  }

                  @Override
                  public void close() {}
                });
    command.run(new Namespace(new HashMap<>(options)));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream stream =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void file_thatIsGood_isImportedAlsoGzipped() throws Exception {
    Path file = file("march.csv.gz", "id,email\ngood-1,good1@example.com\n");
    run(Map.of("type", "contacts", "file", file.toString()));
    assertThat(said())
        .startsWith(
            "contacts done: 1 rows read, 1 changed, 0 unchanged, 0 errors, 0 warnings; import ");
    assertThat(err.toString()).startsWith("import: 1 rows, ").contains(" rows/s, 0 errors");
  }

  @Test
  void file_withBadRows_endsWithStatus1AndSaysThem() throws Exception {
    Path file = file("bad.csv", "id,country\nbad-1,UK\nbad-2,US\n");
    Path errors = folder.resolve("errors.csv");
    CommandFailure failure =
        catchThrowableOfType(
            CommandFailure.class,
            () ->
                run(
                    Map.of(
                        "type", "contacts",
                        "file", file.toString(),
                        "errors", errors.toString())));
    assertThat(failure.status()).isEqualTo(CommandFailure.FINDINGS);
    assertThat(said()).startsWith("contacts done: 2 rows read, 2 changed");
    assertThat(Files.readAllLines(errors))
        .containsExactly(
            "severity,file,line,column,found,message",
            "error,contacts.csv,2,country,UK,That is no ISO 3166-1 code; write it like US or DE."
                + " Did you mean GB?");
  }

  @Test
  void file_withABadHeader_endsWithStatus2AndSaysItOnStandardError() throws Exception {
    Path file = file("header.csv", "id,emial\nheader-1,a@example.com\n");
    CommandFailure failure =
        catchThrowableOfType(
            CommandFailure.class, () -> run(Map.of("type", "contacts", "file", file.toString())));
    assertThat(failure.status()).isEqualTo(CommandFailure.UNUSABLE);
    assertThat(said()).startsWith("contacts failed: 0 rows read");
    assertThat(err.toString()).contains("Did you mean email?").doesNotContain("a@example.com");
  }

  @Test
  void file_thatIsNotThere_isSaid() {
    String none = folder.resolve("none.csv").toString();
    assertThat(
            catchThrowableOfType(
                IOException.class, () -> run(Map.of("type", "contacts", "file", none))))
        .isNotNull();
    assertThat(
            catchThrowableOfType(
                IOException.class,
                () -> run(Map.of("type", "contacts", "file", folder.toString()))))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }
}
