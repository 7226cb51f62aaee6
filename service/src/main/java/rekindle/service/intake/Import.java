package rekindle.service.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.intake.ImportJob.State;
import rekindle.service.store.ContactStore;

/**
 * Brings standard CSV files into the store, as they stream in: a thousand rows a transaction, so
 * that memory is bounded whatever the file is. A row with an error is left out and holds its
 * contact back; the others go on. Importing a file again changes nothing, and an import that broke
 * off is simply started again. Thread-safe; imports run side by side.
 */
public final class Import {
  private static final int LONGEST_NAME = 200;
  private static final String BROKEN_OFF =
      "The import broke off; what was imported stays. Import the file again from its beginning.";

  private final Jdbi jdbi;
  private final ContactStore store;
  private final ImportJobs jobs;
  private final TimeOrderedIds ids;

  public Import(Jdbi jdbi, ContactStore store, ImportJobs jobs, TimeOrderedIds ids) {
    this.jdbi = jdbi;
    this.store = store;
    this.jobs = jobs;
    this.ids = ids;
  }

  /**
   * What to import.
   *
   * @param fileName for people; folders are left out
   * @param client who imports
   * @param mapping which columns of ours those of the file are
   * @param dryRun whether everything is read and checked, and nothing but the job is stored
   */
  public record Order(
      FileType type, String fileName, String client, HeaderMapping mapping, boolean dryRun) {
    /** An import of a file as it comes. */
    public Order(FileType type, String fileName, String client) {
      this(type, fileName, client, HeaderMapping.USUAL, false);
    }

    public Order {
      String name =
          fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
      String plain = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
      fileName = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    }
  }

  /**
   * Imports a file to its end.
   *
   * @param csv plain; stays open
   * @return the finished job: done, or failed if the header is not as it must be
   * @throws IOException if the file cannot be read on; the job is interrupted then, and what was
   *     imported stays
   */
  public ImportJob run(Order order, InputStream csv, ImportWatcher watcher) throws IOException {
    UUID id = ids.next();
    jobs.start(id, order);
    State state = State.INTERRUPTED;
    @Nullable String message = BROKEN_OFF;
    try {
      boolean readable = new ImportRun(jdbi, store, jobs, order, id, watcher).run(csv);
      state = readable ? State.DONE : State.FAILED;
      message = readable ? null : "The header row is not as it must be, so nothing was imported.";
    } finally {
      jobs.finish(id, state, message);
    }
    return jobs.find(id).orElseThrow();
  }
}
