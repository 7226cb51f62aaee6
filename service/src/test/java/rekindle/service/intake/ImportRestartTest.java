package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.ImportJob.Counts;
import rekindle.service.intake.ImportJob.State;

/** Imports that break off, large ones and those side by side. */
class ImportRestartTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static ImportStage stage;

  @BeforeAll
  static void open(@TempDir Path keys) {
    stage = new ImportStage(DATABASE, keys);
  }

  private static String contacts(String prefix, int count) {
    return "id,email,country\n"
        + IntStream.range(0, count)
            .mapToObj(i -> prefix + i + "," + prefix + i + "@example.com,US\n")
            .collect(Collectors.joining());
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void import_killedBetweenTransactions_isStartedAgainWithoutDuplicates() {
    String csv = contacts("kill-", 3500);
    var killer =
        new ImportWatcher() {
          @Override
          public void progress(Counts counts) {
            if (counts.read() == 2000) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(() -> stage.run("contacts", stream(csv), killer)).hasMessage("killed");
    ImportJob broken = stage.jobs.latest(1).get(0);
    assertThat(broken.state()).isEqualTo(State.INTERRUPTED);
    assertThat(broken.counts()).isEqualTo(new Counts(2000, 2000, 0, 0, 0));
    assertThat(stage.knows("kill-1999")).isTrue();
    assertThat(stage.knows("kill-2000")).isFalse();

    ImportJob again = stage.run("contacts", csv);
    assertThat(again.state()).isEqualTo(State.DONE);
    assertThat(again.counts()).isEqualTo(new Counts(3500, 1500, 2000, 0, 0));
    var sizes = stage.sizes();
    assertThat(stage.run("contacts", csv).counts()).isEqualTo(new Counts(3500, 0, 3500, 0, 0));
    assertThat(stage.sizes()).isEqualTo(sizes);
  }

  @Test
  void file_thatBreaksOff_leavesAnInterruptedJob() {
    InputStream broken =
        new SequenceInputStream(
            stream(contacts("off-", 1500)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> stage.run("contacts", broken, ImportWatcher.NONE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("connection reset");
    ImportJob job = stage.jobs.latest(1).get(0);
    assertThat(job.state()).isEqualTo(State.INTERRUPTED);
    assertThat(job.message()).startsWith("The import broke off");
    assertThat(stage.knows("off-999")).isTrue();
  }

  @Test
  void job_whoseProcessDied_isShownAsInterrupted() {
    ImportJob job = stage.run("contacts", "id\ndied-1\n");
    stage.jdbi.useHandle(
        handle ->
            handle.execute(
                "update import_job set state = 'running', finished_at = null, heartbeat_at ="
                    + " clock_timestamp() - interval '1 minute' where id = ?",
                job.id()));
    assertThat(stage.jobs.find(job.id()).orElseThrow().state()).isEqualTo(State.RUNNING);
    stage.jdbi.useHandle(
        handle ->
            handle.execute(
                "update import_job set heartbeat_at = clock_timestamp() - interval '3 minutes'"
                    + " where id = ?",
                job.id()));
    ImportJob dead = stage.jobs.find(job.id()).orElseThrow();
    assertThat(dead.state()).isEqualTo(State.INTERRUPTED);
    assertThat(dead.message()).contains("no more sign of life").contains("Import the same file");
    assertThat(stage.jobs.latest(1).get(0).state()).isEqualTo(State.INTERRUPTED);
  }

  @Test
  void job_underWay_showsItsProgress() {
    var seen = new java.util.ArrayList<ImportJob>();
    stage.run(
        "contacts",
        stream(contacts("way-", 2500)),
        new ImportWatcher() {
          @Override
          public void progress(Counts counts) {
            seen.add(stage.jobs.latest(1).get(0));
          }
        });
    assertThat(seen).extracting(ImportJob::state).containsOnly(State.RUNNING);
    assertThat(seen).extracting(job -> job.counts().changed()).containsExactly(1000L, 2000L, 2500L);
  }

  @Test
  void findings_beyondTheBound_areCountedAndShownAndNotKept() {
    String csv =
        "id,country\n"
            + IntStream.range(0, 10_100)
                .mapToObj(i -> "m" + i + (i % 101 == 0 ? ",UK,\n" : ",US,\n"))
                .collect(Collectors.joining())
            + "last,UK\n";
    ImportJob job = stage.run("contacts", csv);
    assertThat(job.counts()).isEqualTo(new Counts(10_101, 1, 0, 10_101, 0));
    assertThat(stage.findings).hasSize(10_101);
    assertThat(stage.kept(job.id())).hasSize(ImportJobs.FINDINGS_KEPT);
    assertThat(stage.stored("last").heldBack()).contains("line 10102");
  }

  @Test
  void line_ofAGigabyte_costsItselfAlone() {
    InputStream huge =
        new SequenceInputStream(
            java.util.Collections.enumeration(
                List.of(
                    stream("id\nhuge-1\n"), new Repeated('x', 1L << 30), stream("\nhuge-2\n"))));
    ImportJob job = stage.run("contacts", huge, ImportWatcher.NONE);
    assertThat(job.counts()).isEqualTo(new Counts(3, 2, 0, 1, 0));
    assertThat(stage.lines())
        .containsExactly("error,contacts.csv,3,,,The line is longer than 1 MiB.");
  }

  /** One byte, many times. */
  private static final class Repeated extends InputStream {
    private final byte value;
    private long left;

    Repeated(char value, long times) {
      this.value = (byte) value;
      this.left = times;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(buffer, offset, offset + count, value);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  @Test
  void imports_sideBySide_waitForEachOther() throws Exception {
    String forward = contacts("side-", 3000);
    String[] lines = forward.split("\n", -1);
    var backward = new StringBuilder(lines[0]).append('\n');
    for (int i = lines.length - 2; i > 0; i--) {
      backward.append(lines[i]).append('\n');
    }
    List<String> files = List.of(forward, backward.toString(), forward);
    ExecutorService threads = Executors.newFixedThreadPool(files.size());
    try {
      List<Callable<ImportJob>> work =
          files.stream()
              .map(
                  csv ->
                      (Callable<ImportJob>)
                          () ->
                              stage.imports.run(
                                  new Import.Order(FileType.CONTACTS, "side.csv", "test"),
                                  stream(csv),
                                  ImportWatcher.NONE))
              .toList();
      long changed = 0;
      for (Future<ImportJob> done : threads.invokeAll(work)) {
        assertThat(done.get().state()).isEqualTo(State.DONE);
        changed += done.get().counts().changed();
      }
      assertThat(changed).as("each contact is new once").isEqualTo(3000);
    } finally {
      threads.shutdownNow();
    }
  }
}
