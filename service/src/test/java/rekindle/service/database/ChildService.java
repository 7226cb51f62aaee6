package rekindle.service.database;

import com.codahale.metrics.MetricRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A service process of its own, to be killed: it opens the database and stays. */
final class ChildService implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final long postgres;

  private ChildService(Process process, long postgres) {
    this.process = process;
    this.postgres = postgres;
  }

  /** The process itself. */
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    Database.forService(
        new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), folder), new MetricRegistry());
    Postmaster postmaster = Postmaster.read(DataFolder.cluster(folder.toRealPath())).orElseThrow();
    System.out.println(READY + postmaster.pid());
    new CountDownLatch(1).await();
  }

  /** Starts one, and returns when its database is open. */
  static ChildService start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildService.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new ChildService(process, Long.parseLong(line.substring(READY.length())));
      }
      said.append(line).append('\n');
    }
    throw new IOException("the child ended without having opened its database:\n" + said);
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle postgres() {
    return ProcessHandle.of(postgres).orElseThrow();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
