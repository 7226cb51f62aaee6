package rekindle.service.intake;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/** An import in a process of its own, with a heap of its own. */
final class ImportProcess {
  private ImportProcess() {}

  /** Arguments: URL of the database, file of the keys, type, CSV file. */
  public static void main(String[] arguments) throws Exception {
    var source = new PGSimpleDataSource();
    source.setUrl(arguments[0]);
    source.setUser("postgres");
    var intakes =
        new Intakes(Jdbi.create(source).installPlugin(new PostgresPlugin()), Path.of(arguments[1]));
    FileType type = FileType.of(arguments[2]).orElseThrow();
    try (InputStream in = InputFile.at(Path.of(arguments[3])).open()) {
      ImportJob job =
          intakes.imports.run(
              new Import.Order(type, arguments[3], "benchmark"), in, ImportWatcher.NONE);
      double seconds =
          Duration.between(job.startedAt(), Objects.requireNonNull(job.finishedAt())).toMillis()
              / 1000.0;
      System.out.printf(
          Locale.ROOT,
          "%s %s: %d read, %d changed, %d unchanged, %d errors; %.0f rows/s; -Xmx %d MB%n",
          job.type(),
          job.state().code(),
          job.counts().read(),
          job.counts().changed(),
          job.counts().unchanged(),
          job.counts().errors(),
          job.counts().read() / seconds,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }
}
