package rekindle.service.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own, on the data folder and for this machine alone. It starts by ending what
 * a killed predecessor left behind, and starts again by itself when it is killed. Safe for use by
 * several threads.
 */
final class EmbeddedServer implements Server {
  /** Told when the server has been started again; it may listen elsewhere now. */
  interface RestartListener {
    void restarted(ServerAddress address);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final int STARTS_MAX = 5;
  private static final long PAUSE_SECONDS_MAX = 30;
  private static final long LOOKS_EVERY_MILLIS = 200;

  private final DataFolder data;
  private final EmbeddedConfiguration configuration;
  private final PostgresBinaries binaries;
  private final ServerLog log;
  private final String password;
  private final Thread watchdog;
  private volatile Postmaster postmaster;
  private volatile ProcessHandle process;
  private volatile boolean closing;
  private volatile RestartListener listener = restarted -> {};

  private EmbeddedServer(
      DataFolder data, EmbeddedConfiguration configuration, PostgresBinaries binaries)
      throws IOException {
    this.data = data;
    this.configuration = configuration;
    this.binaries = binaries;
    this.log = new ServerLog(data.serverLog());
    this.password = Cluster.password(data.cluster());
    this.postmaster = launch(0);
    this.process = running(postmaster);
    this.watchdog = new Thread(this::watch, "postgresql-watchdog");
    this.watchdog.setDaemon(true);
    this.watchdog.start();
  }

  /**
   * Starts it, and closes the folder if that fails.
   *
   * @throws DatabaseFailure if it cannot be started, with what to do
   */
  static EmbeddedServer start(DataFolder data, EmbeddedConfiguration configuration) {
    boolean started = false;
    try {
      Cluster.check(data);
      PostgresBinaries binaries = PostgresBinaries.unpack(data);
      Cluster.make(data, binaries);
      var server = new EmbeddedServer(data, configuration, binaries);
      started = true;
      return server;
    } catch (IOException e) {
      throw DataFolder.unwritable(data.path(), e);
    } finally {
      if (!started) {
        data.close();
      }
    }
  }

  void onRestart(RestartListener toTell) {
    listener = toTell;
  }

  /** Where its superuser connects, to make roles and databases. */
  ServerAddress superuser() {
    return ServerAddress.superuser(postmaster.port(), password);
  }

  @Override
  public ServerAddress address() {
    return ServerAddress.embedded(postmaster.port(), password);
  }

  @Override
  public String description() {
    return "embedded in " + data.cluster() + " on port " + postmaster.port();
  }

  DataFolder data() {
    return data;
  }

  /**
   * @param wanted the port to keep if it is free; 0 for any
   */
  private Postmaster launch(int wanted) throws IOException {
    Path cluster = data.cluster();
    int port = wanted == 0 ? freePort() : wanted;
    for (int attempt = 1; ; attempt++) {
      Postmaster.clear(cluster);
      log.roll();
      long before = log.size();
      PostgresBinaries.Outcome outcome = binaries.run("pg_ctl", arguments(port));
      String said = log.since(before);
      Optional<Postmaster> postmaster = Postmaster.read(cluster).filter(Postmaster::ready);
      if (outcome.status() == 0 && postmaster.isPresent()) {
        return postmaster.get();
      }
      boolean portTaken = said.contains("could not create any TCP/IP sockets");
      boolean predecessor = said.contains("still in use") || said.contains("already exists");
      if (attempt == STARTS_MAX || !(portTaken || predecessor || ServerLog.isSilent(said))) {
        Postmaster.clear(cluster);
        throw failure(said.isBlank() ? outcome.output() : said);
      }
      port = portTaken ? freePort() : port;
    }
  }

  private DatabaseFailure failure(String said) {
    return new DatabaseFailure(
        "PostgreSQL did not start in %s: %s. Its whole log is %s; put that right and start again."
            .formatted(data.cluster(), ServerLog.cause(said), data.serverLog()));
  }

  private static ProcessHandle running(Postmaster postmaster) {
    return postmaster
        .process()
        .orElseThrow(
            () ->
                new DatabaseFailure(
                    "PostgreSQL (process %d) ended just after its start."
                        .formatted(postmaster.pid())));
  }

  private List<String> arguments(int port) {
    // pg_ctl gives the server a session of its own, so that Ctrl-C at the terminal does not reach
    // it
    // before the service has finished with it.
    return List.of(
        "--pgdata=" + data.cluster(),
        "--log=" + data.serverLog(),
        "--wait",
        "--timeout=" + configuration.startTimeout().toSeconds(),
        "--options=" + String.join(" ", settings(port)),
        "start");
  }

  /** No value may hold a blank or a quote: pg_ctl passes them through a shell. */
  private List<String> settings(int port) {
    return List.of(
        "-p " + port,
        "-c listen_addresses=127.0.0.1",
        "-c unix_socket_directories=",
        "-c max_connections=" + configuration.connectionsMax(),
        "-c shared_buffers=" + configuration.sharedBuffers().toKibibytes() + "kB",
        "-c fsync=on",
        "-c synchronous_commit=on",
        "-c full_page_writes=on",
        // The shared memory of a container is small.
        "-c max_parallel_workers_per_gather=0",
        "-c timezone=UTC",
        "-c log_timezone=UTC",
        // What callers sent must not get into the log: no statements, no values, no failed rows.
        "-c log_min_messages=log",
        "-c log_min_error_statement=panic",
        "-c log_error_verbosity=terse",
        "-c log_parameter_max_length=0",
        "-c log_parameter_max_length_on_error=0",
        "-c log_checkpoints=off");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private void watch() {
    try {
      while (!closing) {
        if (!Postmaster.lives(process)) {
          restart();
        }
        TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private void restart() throws InterruptedException {
    for (long pause = 1; !closing; pause = Math.min(2 * pause, PAUSE_SECONDS_MAX)) {
      try {
        if (launchAgain()) {
          listener.restarted(address());
        }
        return;
      } catch (IOException | DatabaseFailure e) {
        LOG.error(
            "PostgreSQL cannot be started again; next try in {} s: {}", pause, e.getMessage());
        TimeUnit.SECONDS.sleep(pause);
      }
    }
  }

  private synchronized boolean launchAgain() throws IOException {
    if (closing) {
      return false;
    }
    LOG.warn("PostgreSQL (process {}) has ended; starting it again", process.pid());
    postmaster = launch(postmaster.port());
    process = running(postmaster);
    LOG.info("PostgreSQL is back (process {}, port {})", postmaster.pid(), postmaster.port());
    return true;
  }

  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      try {
        if (Postmaster.lives(process)) {
          Postmaster.stop(process);
        }
      } catch (IOException e) {
        throw DataFolder.unwritable(data.path(), e);
      } finally {
        watchdog.interrupt();
        data.close();
      }
    }
  }
}
