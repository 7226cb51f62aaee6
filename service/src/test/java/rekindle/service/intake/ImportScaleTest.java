package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import rekindle.service.database.Database;
import rekindle.service.database.DatabaseConfiguration;
import rekindle.service.database.DatabaseLocation;

/**
 * 100,000 contacts with 300,000 related rows, imported by a process with 256 MB of heap, beside
 * plain COPY of the same bytes into tables of texts with a primary key, in the same run on the same
 * server, which is the service's own and durable. Prints rows a second of both. {@code
 * -Dtest.excluded=none -Dtest=ImportScaleTest}; {@code -Drekindle.rounds=1} for one round, {@code
 * -Drekindle.statements=true} to see what each statement takes.
 */
@Tag("benchmark")
class ImportScaleTest {
  private static final int CONTACTS = 100_000;
  private static final int ROUNDS = Integer.getInteger("rekindle.rounds", 3);

  @TempDir Path folder = Path.of(".");

  @Test
  void import_ofAHundredThousandContacts_besideCopy() throws Exception {
    Map<String, Path> files = files();
    var copies = new ArrayList<Double>();
    var imports = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      // Ledgers cannot be emptied: each round has a store of its own.
      Path data = folder.resolve("data-" + round);
      try (Database database =
          Database.forService(
              new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), data),
              new MetricRegistry())) {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
          assertThat(setting(database, setting)).as(setting).isEqualTo("on");
        }
        copies.add(copyAll(database, files));
        imports.add(importAll(data, files));
      }
    }
    double copySeconds = median(copies);
    double importSeconds = median(imports);
    int rows = 4 * CONTACTS;
    System.out.printf(
        Locale.ROOT,
        "import %d rows in %.1f s, %.0f rows/s; COPY %.2f s, %.0f rows/s; ratio %.3f; all: %s, %s%n",
        rows,
        importSeconds,
        rows / importSeconds,
        copySeconds,
        rows / copySeconds,
        copySeconds / importSeconds,
        imports,
        copies);
  }

  private static double median(List<Double> seconds) {
    return seconds.stream().sorted().toList().get(seconds.size() / 2);
  }

  private static String setting(Database database, String name) {
    return database.jdbi().withHandle(h -> h.createQuery("show " + name).mapTo(String.class).one());
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
  private static double copyAll(Database database, Map<String, Path> files) throws Exception {
    double seconds = 0;
    try (Connection connection = database.unpooled().getConnection();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        String header;
        try (BufferedReader reader = Files.newBufferedReader(file.getValue())) {
          header = Objects.requireNonNull(reader.readLine()).replace(",", " text, ");
        }
        statement.execute("drop table if exists plain");
        statement.execute(
            "create table plain ("
                + header
                + " text, primary key ("
                + (header.startsWith("id") ? "id" : "contact_id")
                + "))");
        long start = System.nanoTime();
        try (InputStream in = Files.newInputStream(file.getValue())) {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy plain from stdin with (format csv, header)", in);
        }
        seconds += (System.nanoTime() - start) / 1e9;
      }
      statement.execute("drop table plain");
    }
    return seconds;
  }

  /** Seconds that a process of its own takes for all files, its start and end included. */
  private static double importAll(Path data, Map<String, Path> files) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Drekindle.statements=" + Boolean.getBoolean("rekindle.statements"),
                "-cp",
                System.getProperty("java.class.path"),
                ImportsProcess.class.getName(),
                data.toString()));
    files.forEach((type, file) -> command.addAll(List.of(type, file.toString())));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    double seconds = (System.nanoTime() - start) / 1e9;
    said.stream()
        .filter(line -> line.startsWith("import ") || line.startsWith("  "))
        .forEach(System.out::println);
    assertThat(said.stream().filter(line -> line.startsWith("import ")))
        .hasSize(files.size())
        .allMatch(line -> line.contains(" done: ") && line.contains(" 0 errors"));
    return seconds;
  }
}
