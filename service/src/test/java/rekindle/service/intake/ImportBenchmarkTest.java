package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;

/**
 * 200,000 rows of a kind in a process whose heap is small: that memory stays bounded is asserted,
 * the rows a second are printed. {@code -Dtest.excluded=none -Dtest=ImportBenchmarkTest}
 */
@Tag("benchmark")
class ImportBenchmarkTest {
  private static final int ROWS = 200_000;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir Path folder = Path.of(".");

  @Test
  void import_of200000Rows_runsInASmallHeap() throws Exception {
    Path contacts =
        write(
            "contacts",
            "id,email,phone,country,region,time_zone,tags,last_engagement_at",
            i ->
                "c-%d,contact%d@example.com,+1212555%04d,US,NY,America/New_York,price,2025-12-01"
                    .formatted(i, i, i % 10_000));
    Path consents =
        write(
            "consents",
            "contact_id,channel,basis,captured_at,method,text_shown",
            i -> "c-%d,email,express,2025-05-05,web_form,true".formatted(i));
    for (String type : new String[] {"contacts", "contacts", "consents", "consents"}) {
      assertThat(run(type, type.equals("contacts") ? contacts : consents))
          .startsWith(type + " done: " + ROWS + " read")
          .contains(" 0 errors");
    }
  }

  private Path write(String name, String header, IntFunction<String> row) throws IOException {
    Path file = folder.resolve(name + ".csv.gz");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      out.write(header + "\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(row.apply(i) + "\n");
      }
    }
    return file;
  }

  private String run(String type, Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ImportProcess.class.getName(),
                DATABASE.url(),
                folder.resolve("identity-keys.json").toString(),
                type,
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(type))
            .findFirst()
            .orElse("");
    assertThat(process.waitFor()).as(said).isZero();
    System.out.println(said);
    return said;
  }
}
