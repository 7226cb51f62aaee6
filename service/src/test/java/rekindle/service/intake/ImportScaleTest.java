package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import rekindle.service.database.TestDatabase;

/**
 * 100,000 contacts with 300,000 related rows, imported by a process with 256 MB of heap, beside
 * plain COPY of the same bytes into tables of texts with a primary key, in the same run on the same
 * server. Prints rows a second of both. {@code -Dtest.excluded=none -Dtest=ImportScaleTest}
 */
@Tag("benchmark")
class ImportScaleTest {
  private static final int CONTACTS = 100_000;
  private static final int ROUNDS = 3;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir Path folder = Path.of(".");

  @Test
  void import_ofAHundredThousandContacts_besideCopy() throws Exception {
    Map<String, Path> files = files();
    var copies = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      copies.add(copyAll(files));
    }
    long start = System.nanoTime();
    int rows = 0;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      rows += imported(file.getKey(), file.getValue());
    }
    double importSeconds = (System.nanoTime() - start) / 1e9;
    Collections.sort(copies);
    double copySeconds = copies.get(ROUNDS / 2);
    System.out.printf(
        Locale.ROOT,
        "import %d rows in %.1f s, %.0f rows/s; COPY %.2f s, %.0f rows/s; ratio %.3f%n",
        rows,
        importSeconds,
        rows / importSeconds,
        copySeconds,
        rows / copySeconds,
        copySeconds / importSeconds);
    assertThat(rows).isEqualTo(4 * CONTACTS);
  }

  private Map<String, Path> files() throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(
        "contacts",
        write(
            "contacts",
            CONTACTS,
            "id,program,business,subscriber_type,relationship,email,phone,line_type,country,region,postal_code,time_zone,source,tags,last_engagement_at,account_id",
            i ->
                "c-%d,ecommerce,b2c,individual,customer,person%d@example.com,+1212%07d,mobile,US,NY,10001,America/New_York,checkout,price;timing,2025-12-01T10:00:00Z,a-%d"
                    .formatted(i, i % 20 == 19 ? i - 1 : i, 2_000_000 + i, i / 5)));
    files.put(
        "consents",
        write(
            "consents",
            CONTACTS,
            "contact_id,channel,basis,captured_at,method,text_shown,source",
            i -> "c-%d,email,express,2025-05-05T09:00:00Z,web_form,true,checkout".formatted(i)));
    files.put(
        "orders",
        write(
            "orders",
            CONTACTS,
            "id,contact_id,ordered_at,amount,currency,cancelled",
            i -> "o-%d,c-%d,2025-06-01T12:00:00Z,49.90,USD,false".formatted(i, i)));
    files.put(
        "activities",
        write(
            "activities",
            CONTACTS / 2,
            "id,contact_id,at,channel,kind,disposition",
            i -> "x-%d,c-%d,2026-02-01T10:00:00Z,email,click,neutral".formatted(i, 2 * i)));
    files.put(
        "deals",
        write(
            "deals",
            CONTACTS * 3 / 10,
            "id,contact_id,stage,outcome,closed_at,loss_reason,quoted_price",
            i -> "d-%d,c-%d,proposal,lost,2025-10-02,price,12000.00".formatted(i, 3 * i)));
    files.put(
        "subscriptions",
        write(
            "subscriptions",
            CONTACTS / 5,
            "id,contact_id,status,ended_at,reason,usage_last_30_days",
            i -> "s-%d,c-%d,cancelled,2025-11-20,price,0".formatted(i, 4 * i)));
    return files;
  }

  private Path write(String name, int rows, String header, IntFunction<String> row)
      throws IOException {
    Path file = folder.resolve(name + ".csv");
    try (Writer out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.write(header + "\n");
      for (int i = 0; i < rows; i++) {
        out.write(row.apply(i) + "\n");
      }
    }
    return file;
  }

  /** Seconds that COPY takes for all files, each in a transaction of its own. */
  private static double copyAll(Map<String, Path> files) throws Exception {
    return DATABASE
        .jdbi()
        .withHandle(
            handle -> {
              double seconds = 0;
              for (Map.Entry<String, Path> file : files.entrySet()) {
                String header =
                    Files.lines(file.getValue()).findFirst().orElseThrow().replace(",", " text, ");
                boolean own = header.startsWith("id");
                handle.execute("drop table if exists plain");
                handle.execute(
                    "create table plain ("
                        + header
                        + " text, primary key ("
                        + (own ? "id" : "contact_id")
                        + "))");
                long start = System.nanoTime();
                try (InputStream in = Files.newInputStream(file.getValue())) {
                  handle
                      .getConnection()
                      .unwrap(PGConnection.class)
                      .getCopyAPI()
                      .copyIn("copy plain from stdin with (format csv, header)", in);
                }
                seconds += (System.nanoTime() - start) / 1e9;
              }
              return seconds;
            });
  }

  /** Rows that a process of its own imports, with a small heap. */
  private int imported(String type, Path file) throws Exception {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ImportProcess.class.getName(),
                    DATABASE.url(),
                    folder.resolve("identity-keys.json").toString(),
                    type,
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(type))
            .findFirst()
            .orElse("");
    assertThat(process.waitFor()).as(said).isZero();
    System.out.printf(
        Locale.ROOT, "%s (%.1f s with the JVM)%n", said, (System.nanoTime() - start) / 1e9);
    assertThat(said).contains(" 0 errors");
    String rows = said.replaceAll(".*: (\\d+) read.*", "$1");
    return Integer.parseInt(rows);
  }
}
