package rekindle.service.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The embedded server of another process of ours, which holds the data folder. */
final class AttachedServer implements Server {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 100;

  private final ServerAddress address;
  private final Path cluster;
  private final FileChannel guest;

  private AttachedServer(ServerAddress address, Path cluster, FileChannel guest) {
    this.address = address;
    this.cluster = cluster;
    this.guest = guest;
  }

  /**
   * Joins the server that runs on the folder, waiting for one that is just being started.
   *
   * @throws DatabaseFailure if none gets ready
   */
  static AttachedServer join(Path folder) {
    try {
      Path cluster = DataFolder.cluster(folder.toRealPath());
      FileChannel guest = DataFolder.join(folder);
      try {
        int port = awaitPort(folder, cluster);
        var address = ServerAddress.embedded(port, Cluster.password(cluster));
        return new AttachedServer(address, cluster, guest);
      } catch (RuntimeException e) {
        guest.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataFolder.unwritable(folder, e);
    }
  }

  private static int awaitPort(Path folder, Path cluster) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<Postmaster> postmaster =
          Postmaster.read(cluster).filter(Postmaster::ready).filter(p -> p.process().isPresent());
      if (postmaster.isPresent()) {
        return postmaster.get().port();
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new DatabaseFailure(
        DataFolder.held(folder).getMessage() + " Its PostgreSQL takes no connections.");
  }

  @Override
  public ServerAddress address() {
    return address;
  }

  @Override
  public String description() {
    return "of the Rekindle that runs on " + cluster;
  }

  @Override
  public void close() {
    try {
      guest.close();
    } catch (IOException e) {
      throw DataFolder.unwritable(cluster, e);
    }
  }
}
