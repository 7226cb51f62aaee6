package rekindle.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.RunningService;

class TablesPushTest {
  @RegisterExtension static final RunningService SERVICE = RunningService.shared();

  private static final Path TABLES = Path.of("..", "decision-tables");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private void push(@Nullable String key, String server) throws Exception {
    var options = new HashMap<String, Object>();
    options.put("folder", folder.toString());
    options.put("server", server);
    options.put("title", "a title & more");
    options.put("json", false);
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintWriter(err, true));
    new TablesPush(terminal, key == null ? Map.of() : Map.of("REKINDLE_KEY", key))
        .run(new Namespace(options));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void push_ofTheActiveWorkbooks_saysThatTheyAreActive() throws Exception {
    Files.copy(TABLES.resolve("segments.xlsx"), folder.resolve("segments.xlsx"));
    Files.writeString(folder.resolve("notes.xlsx"), "no workbook");
    push(SERVICE.newKey("author"), SERVICE.uri() + "/");
    assertThat(said()).contains("0 errors").containsPattern("sha256:[0-9a-f]{64} active");
    assertThat(err.toString()).contains("notes.xlsx is no workbook of the policy and is not sent");
  }

  @Test
  void push_ofADamagedWorkbook_keepsItAndEndsWithStatus1() throws Exception {
    byte[] whole = Files.readAllBytes(TABLES.resolve("cadence.xlsx"));
    Files.write(folder.resolve("cadence.xlsx"), java.util.Arrays.copyOf(whole, 2_000));
    String key = SERVICE.newKey("author");
    assertThatThrownBy(() -> push(key, SERVICE.uri().toString()))
        .isInstanceOfSatisfying(CommandFailure.class, e -> assertThat(e.status()).isEqualTo(1));
    assertThat(said()).contains("error: cadence.xlsx: the file is cut off").contains(" draft");
  }

  @Test
  void push_thatCannotBeDone_saysWhyInOneLine() throws Exception {
    refused("no workbook of the policy", SERVICE.newKey("author"), SERVICE.uri().toString());
    Files.copy(TABLES.resolve("segments.xlsx"), folder.resolve("segments.xlsx"));
    refused("REKINDLE_KEY", null, SERVICE.uri().toString());
    refused("status 401", "rk_unknown", SERVICE.uri().toString());
    refused("takes role author", SERVICE.newKey("sender"), SERVICE.uri().toString());
    refused("no answer from http://localhost:1/", "rk_x", "http://localhost:1");
  }

  private void refused(String words, @Nullable String key, String server) {
    assertThatThrownBy(() -> push(key, server))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            e -> {
              assertThat(e.status()).isEqualTo(2);
              assertThat(e.sentence().orElse("")).contains(words);
            });
  }
}
