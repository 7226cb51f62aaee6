package rekindle.service.intake;

import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import rekindle.service.database.Database;
import rekindle.service.database.DatabaseConfiguration;
import rekindle.service.database.DatabaseLocation;

/**
 * Imports of several files in a process of its own, into the database of the service that holds a
 * data folder. With {@code -Drekindle.statements=true} it also prints what the statements took.
 */
final class ImportsProcess {
  private static final int SHOWN = 90;

  private ImportsProcess() {}

  /** Arguments: data folder, then a type and a CSV file, and so on. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Database database =
        Database.forCommand(new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), folder))) {
      var statements = new Statements();
      if (Boolean.getBoolean("rekindle.statements")) {
        statements.watch(database.jdbi());
      }
      var intakes = new Intakes(database.jdbi(), folder.resolve("identity-keys.json"));
      for (int i = 1; i + 1 < arguments.length; i += 2) {
        run(intakes, arguments[i], Path.of(arguments[i + 1]));
        statements.print();
      }
    }
  }

  private static void run(Intakes intakes, String type, Path file) throws Exception {
    long start = System.nanoTime();
    try (InputStream in = InputFile.at(file).open()) {
      ImportJob job =
          intakes.imports.run(
              new Import.Order(FileType.of(type).orElseThrow(), file.toString(), "benchmark"),
              in,
              ImportWatcher.NONE);
      System.out.printf(
          Locale.ROOT,
          "import %s %s: %d read, %d changed, %d errors, %d warnings, %.2f s%n",
          type,
          job.state().code(),
          job.counts().read(),
          job.counts().changed(),
          job.counts().errors(),
          job.counts().warnings(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  /** How long each statement took in all, seen from here. */
  private static final class Statements implements SqlLogger {
    private final Map<String, double[]> totals = new HashMap<>();

    void watch(Jdbi jdbi) {
      jdbi.setSqlLogger(this);
    }

    @Override
    public void logAfterExecution(StatementContext context) {
      add(context);
    }

    @Override
    public void logException(StatementContext context, SQLException failed) {
      add(context);
    }

    private void add(StatementContext context) {
      String sql = String.valueOf(context.getRawSql()).strip().replaceAll("\\s+", " ");
      double[] total =
          totals.computeIfAbsent(
              sql.substring(0, Math.min(SHOWN, sql.length())), key -> new double[2]);
      total[0]++;
      total[1] += context.getElapsedTime(java.time.temporal.ChronoUnit.NANOS) / 1e9;
    }

    void print() {
      totals.entrySet().stream()
          .sorted(Comparator.comparingDouble(entry -> -entry.getValue()[1]))
          .forEach(
              entry ->
                  System.out.printf(
                      Locale.ROOT,
                      "  %6.2f s in %5.0f: %s%n",
                      entry.getValue()[1],
                      entry.getValue()[0],
                      entry.getKey()));
      totals.clear();
    }
  }
}
