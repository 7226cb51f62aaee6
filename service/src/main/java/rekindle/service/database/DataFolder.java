package rekindle.service.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of everything that the service keeps on disk, held by one process at a time. The
 * operating system lets the lock go when the process ends, however it ends.
 */
final class DataFolder implements AutoCloseable {
  private static final String LOCK = "rekindle.lock";
  private static final String GUESTS = "guests.lock";

  /** What pg_ctl does not quote when it passes a path through a shell. */
  private static final Pattern SHELL_SIGNS = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

  /** Closing any channel of a locked file drops the lock of the whole process: never open twice. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder if need be and holds it; empty if another process does.
   *
   * @throws DatabaseFailure if the folder cannot be written
   */
  static Optional<DataFolder> hold(Path folder) {
    try {
      Path path = make(folder);
      if (SHELL_SIGNS.matcher(path.toString()).find()) {
        throw new DatabaseFailure(
            "The data folder %s cannot be used: PostgreSQL does not start in a path with one of \" $ ` \\. Name another folder with REKINDLE_DATA."
                .formatted(path));
      }
      if (!HELD.add(path)) {
        return Optional.empty();
      }
      @Nullable FileChannel channel = null;
      try {
        channel = lock(path);
      } finally {
        if (channel == null) {
          HELD.remove(path);
        }
      }
      return Optional.ofNullable(channel).map(held -> new DataFolder(path, held));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static @Nullable FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return null;
    }
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return channel;
  }

  private static Path make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      makePrivate(folder);
    }
    return folder.toRealPath();
  }

  /** Makes a folder that only its owner can enter, unless it is there. */
  static void makePrivate(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** The folder cannot be written, and what to do. */
  static DatabaseFailure unwritable(Path folder, IOException cause) {
    String why =
        cause instanceof AccessDeniedException
            ? "permission denied"
            : cause instanceof FileAlreadyExistsException
                ? "there is a file of that name"
                : cause instanceof FileSystemException known && known.getReason() != null
                    ? known.getReason()
                    : String.valueOf(cause.getMessage());
    return new DatabaseFailure(
        "The data folder %s cannot be used: %s. Let user %s write there and free some space, or name another folder with REKINDLE_DATA."
            .formatted(folder.toAbsolutePath().normalize(), why, System.getProperty("user.name")),
        cause);
  }

  /** The folder is held by another process, and what to do. */
  static DatabaseFailure held(Path folder) {
    return new DatabaseFailure(
        "The data folder %s is in use by another Rekindle%s. Stop that one first, or give this one a folder of its own with REKINDLE_DATA."
            .formatted(
                folder.toAbsolutePath().normalize(),
                holder(folder).map(pid -> " (process " + pid + ")").orElse("")));
  }

  private static Optional<String> holder(Path folder) {
    try {
      Path path = folder.toRealPath();
      if (HELD.contains(path)) {
        return Optional.of(Long.toString(ProcessHandle.current().pid()));
      }
      String pid = Files.readString(path.resolve(LOCK), StandardCharsets.US_ASCII).strip();
      return Optional.of(pid).filter(text -> text.matches("[0-9]{1,10}"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Joins the guests of a folder that another process holds; to be closed at the end. */
  static FileChannel join(Path folder) throws IOException {
    FileChannel guest = guests(folder);
    guest.lock(0, Long.MAX_VALUE, true);
    return guest;
  }

  /** Waits until no other process is a guest of this folder. */
  @SuppressWarnings("try") // a lock is held for its own sake
  void awaitGuests() {
    try (FileChannel channel = guests(path);
        FileLock alone = channel.lock()) {
      return;
    } catch (OverlappingFileLockException e) {
      return; // the guest is this process
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static FileChannel guests(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(GUESTS),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.CREATE);
  }

  Path path() {
    return path;
  }

  Path cluster() {
    return cluster(path);
  }

  static Path cluster(Path folder) {
    return folder.resolve("postgresql");
  }

  Path binaries() {
    return path.resolve("postgresql-binaries");
  }

  Path serverLog() {
    return path.resolve("postgresql.log");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      HELD.remove(path);
    }
  }
}
