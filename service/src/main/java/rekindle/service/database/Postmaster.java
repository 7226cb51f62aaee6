package rekindle.service.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main process of a PostgreSQL server, as the file {@code postmaster.pid} of its data directory
 * names it.
 *
 * @param port where it listens
 * @param ready whether it takes connections
 */
record Postmaster(Path cluster, long pid, int port, boolean ready) {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final String FILE = "postmaster.pid";
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;
  private static final long FAST_SECONDS = 20;
  private static final long IMMEDIATE_SECONDS = 10;
  private static final long LOOKS_EVERY_MILLIS = 20;

  /** What the file says; empty if there is none, or it is not written to its end yet. */
  static Optional<Postmaster> read(Path cluster) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(cluster.resolve(FILE), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() <= PORT_LINE
        || !lines.get(0).matches("[0-9]{1,10}")
        || !lines.get(PORT_LINE).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
    return Optional.of(
        new Postmaster(
            cluster,
            Long.parseLong(lines.get(0)),
            Integer.parseInt(lines.get(PORT_LINE)),
            status.equals("ready")));
  }

  /** The living process, if the one of that number really is a server of this directory. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(Postmaster::lives).filter(p -> isOf(cluster, p));
  }

  /**
   * Ends whatever still runs on a data directory, and what is left of it. Only the holder of the
   * data folder may call this.
   */
  static void clear(Path cluster) throws IOException {
    Optional<ProcessHandle> orphan = read(cluster).flatMap(Postmaster::process);
    if (orphan.isPresent()) {
      LOG.warn(
          "PostgreSQL (process {}) still runs on {} without its service; stopping it",
          orphan.get().pid(),
          cluster);
      stop(orphan.get());
    }
    // Sessions that are busy outlive their main process for a while, and keep a new one out.
    for (ProcessHandle stray :
        ProcessHandle.allProcesses().filter(process -> isOf(cluster, process)).toList()) {
      LOG.warn("Ending process {}, which is left of a PostgreSQL on {}", stray.pid(), cluster);
      stray.destroyForcibly();
      await(stray, IMMEDIATE_SECONDS);
    }
    // The number in the file may belong to any other program by now, and would keep PostgreSQL out.
    Files.deleteIfExists(cluster.resolve(FILE));
  }

  /** Stops a server: without losing time, else without a checkpoint, else by force. */
  static void stop(ProcessHandle process) throws IOException {
    signal(process, "INT");
    if (await(process, FAST_SECONDS)) {
      return;
    }
    signal(process, "QUIT");
    if (await(process, IMMEDIATE_SECONDS)) {
      return;
    }
    process.destroyForcibly();
    if (!await(process, IMMEDIATE_SECONDS)) {
      throw new DatabaseFailure(
          "PostgreSQL (process %d) cannot be ended. End it yourself, and start again."
              .formatted(process.pid()));
    }
  }

  /** Java has no way to send a signal by name; every shell has. */
  private static void signal(ProcessHandle process, String name) throws IOException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      kill.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean await(ProcessHandle process, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (lives(process)) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return !lives(process);
      }
    }
    return true;
  }

  /**
   * Whether a process still runs. Where the first process of a container takes no care of orphans,
   * as when it is this very JVM, a dead one keeps its number for ever.
   */
  static boolean lives(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    if (!Files.exists(stat)) {
      return process.isAlive();
    }
    try {
      String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
      return !text.substring(text.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return process.isAlive(); // gone in between
    }
  }

  private static boolean isOf(Path cluster, ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    if (!info.command().map(Postmaster::isPostgres).orElse(false)) {
      return false;
    }
    Path proc = Path.of("/proc", Long.toString(process.pid()), "cwd");
    if (Files.isSymbolicLink(proc)) {
      try {
        return Files.readSymbolicLink(proc).equals(cluster);
      } catch (IOException e) {
        return false; // gone, or not ours to see
      }
    }
    return info.arguments()
        .map(arguments -> List.of(arguments).contains(cluster.toString()))
        .orElse(false);
  }

  private static boolean isPostgres(String command) {
    // Linux appends " (deleted)" where the program has been removed since.
    return command.replace(" (deleted)", "").endsWith("/postgres");
  }
}
