package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Jdbi;
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
 * server, which is the service's own and durable; and beside COPY of the rows that the import
 * stores, with their indexes and references. Prints rows a second of each. {@code
 * -Dtest.excluded=none -Dtest=ImportScaleTest}; {@code -Drekindle.rounds=1} for one round, {@code
 * -Drekindle.statements=true} to see what each statement takes.
 */
@Tag("benchmark")
class ImportScaleTest {
  private static final int CONTACTS = 100_000;
  private static final double TICKS = 100;
  private static final int ROUNDS = Integer.getInteger("rekindle.rounds", 3);

  /** What an import of these files writes, in the order of the references. */
  private static final List<String> STORED =
      List.of(
          "identity_key",
          "address",
          "address_lookup",
          "person",
          "contact",
          "contact_person",
          "contact_address",
          "consent",
          "purchase",
          "response",
          "deal",
          "subscription");

  @TempDir Path folder = Path.of(".");

  @Test
  void import_ofAHundredThousandContacts_besideCopy() throws Exception {
    Map<String, Path> files = files();
    var copies = new ArrayList<Cost>();
    var imports = new ArrayList<Cost>();
    var least = new ArrayList<Cost>();
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
        imports.add(importAll(database, data, files));
        least.add(copyStore(database, folder.resolve("same-" + round)));
      }
    }
    print("COPY of the files", copies);
    print("COPY of what the import stores, with its indexes and references", least);
    print("import", imports);
    printRatio("to COPY of the files", copies, imports);
    printRatio("to COPY of what it stores", least, imports);
  }

  /** Seconds by the clock; and of processors, by the import's process and the database. */
  private record Cost(double wall, double processor) {
    Cost plus(Cost other) {
      return new Cost(wall + other.wall, processor + other.processor);
    }
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
    return costs.stream().mapToDouble(of).sorted().toArray()[costs.size() / 2];
  }

  private static void print(String what, List<Cost> costs) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d rows of files in %.2f s, %.0f rows/s, %.2f s of processors %s%n",
        what,
        4 * CONTACTS,
        median(costs, Cost::wall),
        4 * CONTACTS / median(costs, Cost::wall),
        median(costs, Cost::processor),
        costs);
  }

  private static void printRatio(String what, List<Cost> copies, List<Cost> imports) {
    System.out.printf(
        Locale.ROOT,
        "rows/s of the import %s: %.3f; by processor time %.3f%n",
        what,
        median(copies, Cost::wall) / median(imports, Cost::wall),
        median(copies, Cost::processor) / median(imports, Cost::processor));
  }

  private interface Work {
    /**
     * @return seconds by the clock
     */
    double run() throws Exception;
  }

  private static Cost cost(long server, Work work) throws Exception {
    double before = ofEndedChildren(server) + ofEndedChildren(ProcessHandle.current().pid());
    double wall = work.run();
    double after = ofEndedChildren(server) + ofEndedChildren(ProcessHandle.current().pid());
    return new Cost(wall, after - before);
  }

  /** Seconds of processors that ended children of a process took, on Linux; else 0. */
  private static double ofEndedChildren(long process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
    } catch (IOException otherSystem) {
      return 0;
    }
  }

  /** The process whose children the sessions are. */
  private static long server(Database database) {
    int session =
        database
            .jdbi()
            .withHandle(h -> h.createQuery("select pg_backend_pid()").mapTo(Integer.class).one());
    return ProcessHandle.of(session).flatMap(ProcessHandle::parent).orElseThrow().pid();
  }

  /** COPY by a session of its own; its end is waited for, and counts for the processors alone. */
  private static Cost copy(Database database, String into, Path file, String format)
      throws Exception {
    return cost(
        server(database),
        () -> {
          double wall;
          ProcessHandle session;
          try (Connection connection = database.unpooled().getConnection();
              InputStream in = Files.newInputStream(file)) {
            PGConnection own = connection.unwrap(PGConnection.class);
            session = ProcessHandle.of(own.getBackendPID()).orElseThrow();
            long start = System.nanoTime();
            own.getCopyAPI().copyIn("copy " + into + " from stdin (format " + format + ")", in);
            wall = (System.nanoTime() - start) / 1e9;
          }
          session.onExit().get();
          return wall;
        });
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

  /** COPY of all files, each in a transaction of its own. */
  private static Cost copyAll(Database database, Map<String, Path> files) throws Exception {
    var cost = new Cost(0, 0);
    for (Path file : files.values()) {
      String header;
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        header = Objects.requireNonNull(reader.readLine()).replace(",", " text, ");
      }
      String key = header.startsWith("id") ? "id" : "contact_id";
      Jdbi plain = Jdbi.create(database.unpooled());
      plain.useHandle(
          h -> h.execute("create table plain (%s text, primary key (%s))".formatted(header, key)));
      cost = cost.plus(copy(database, "plain", file, "csv, header"));
      plain.useHandle(h -> h.execute("drop table plain"));
    }
    return cost;
  }

  /**
   * COPY of all rows that an import has written, into a new store: nothing that keeps these tables,
   * indexes and references can be faster.
   */
  private Cost copyStore(Database from, Path data) throws Exception {
    var cost = new Cost(0, 0);
    try (Database into =
            Database.forService(
                new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), data),
                new MetricRegistry());
        Connection reading = from.unpooled().getConnection()) {
      for (String table : STORED) {
        Path file = folder.resolve(table);
        try (OutputStream out = Files.newOutputStream(file)) {
          reading
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("copy " + table + " to stdout (format binary)", out);
        }
        cost = cost.plus(copy(into, table, file, "binary"));
      }
    }
    return cost;
  }

  /** A process of its own imports all files; its start and end are included. */
  private static Cost importAll(Database database, Path data, Map<String, Path> files)
      throws Exception {
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
    var said = new ArrayList<String>();
    Cost cost =
        cost(
            server(database),
            () -> {
              long start = System.nanoTime();
              Process process =
                  new ProcessBuilder(command)
                      .redirectError(ProcessBuilder.Redirect.INHERIT)
                      .start();
              String output =
                  new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
              output.lines().forEach(said::add);
              assertThat(process.waitFor()).isZero();
              return (System.nanoTime() - start) / 1e9;
            });
    said.stream()
        .filter(line -> line.startsWith("import ") || line.startsWith("  "))
        .forEach(System.out::println);
    assertThat(said.stream().filter(line -> line.startsWith("import ")))
        .hasSize(files.size())
        .allMatch(line -> line.contains(" done: ") && line.contains(" 0 errors"));
    return cost;
  }
}
