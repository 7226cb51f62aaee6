package rekindle.service.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data directory of the embedded server: made once, whole or not at all, and then kept. */
final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final String VERSION = "PG_VERSION";
  private static final String PASSWORD = "rekindle.password";
  private static final int PASSWORD_BYTES = 32;
  private static final long NEEDED_BYTES = 256L << 20;

  private Cluster() {}

  /**
   * Checks that a data directory that is there can be used; touches nothing.
   *
   * @throws DatabaseFailure if it is of another major version, another user, or no data directory
   */
  static void check(DataFolder data) {
    Path cluster = data.cluster();
    if (!Files.exists(cluster)) {
      return;
    }
    try {
      String owner = Files.getOwner(cluster).getName();
      String user = System.getProperty("user.name");
      if (!owner.equals(user)) {
        throw new DatabaseFailure(
            "The data directory %s belongs to user %s, but Rekindle runs as %s. Run it as %s, or change the owner of the whole data folder."
                .formatted(cluster, owner, user, owner));
      }
      String version = Files.readString(cluster.resolve(VERSION)).strip();
      if (!version.equals(PostgresBinaries.MAJOR)) {
        throw otherMajor(cluster, version);
      }
    } catch (NoSuchFileException e) {
      throw new DatabaseFailure(
          "%s is no data directory of PostgreSQL: it has no %s. Move it away, or name another data folder with REKINDLE_DATA."
              .formatted(cluster, VERSION));
    } catch (IOException e) {
      throw DataFolder.unwritable(data.path(), e);
    }
  }

  private static DatabaseFailure otherMajor(Path cluster, String version) {
    return new DatabaseFailure(
        ("The data directory %s is of PostgreSQL %s, but this jar brings PostgreSQL %s; nothing was changed."
                + " Save the data with the jar that wrote them (rekindle backup FILE), move the directory away and read the file with this jar (rekindle restore FILE);"
                + " or run a PostgreSQL %s yourself and name it with REKINDLE_DATABASE_URL.")
            .formatted(cluster, version, PostgresBinaries.MAJOR, version));
  }

  /** Makes the data directory unless it is there. */
  static void make(DataFolder data, PostgresBinaries binaries) {
    Path cluster = data.cluster();
    if (Files.exists(cluster)) {
      return;
    }
    Path folder = data.path();
    try {
      checkSpace(folder);
      deleteUnfinished(folder);
      LOG.info("Making a new database in {}", cluster);
      String suffix = UUID.randomUUID().toString();
      Path unfinished = folder.resolve("postgresql-unfinished-" + suffix);
      Path password = folder.resolve("postgresql-unfinished-" + suffix + ".password");
      writePassword(password);
      initialise(binaries, unfinished, password);
      Files.move(password, unfinished.resolve(PASSWORD));
      Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw DataFolder.unwritable(folder, e);
    }
  }

  private static void initialise(PostgresBinaries binaries, Path directory, Path password)
      throws IOException {
    // Passwords from the first moment on, and an order of texts that no update of the operating
    // system can change under the indexes.
    PostgresBinaries.Outcome outcome =
        binaries.run(
            "initdb",
            List.of(
                "--pgdata=" + directory,
                "--username=" + ServerAddress.SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
    if (outcome.status() != 0) {
      PostgresBinaries.delete(directory);
      Files.deleteIfExists(password);
      throw new DatabaseFailure(
          "PostgreSQL could not make a new database in %s: %s. Put that right, or name another data folder with REKINDLE_DATA."
              .formatted(directory.getParent(), ServerLog.cause(outcome.output())));
    }
  }

  private static void checkSpace(Path folder) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < NEEDED_BYTES) {
      throw new DatabaseFailure(
          "The data folder %s has %d MB of free space, but a new database needs %d MB. Free some, or name another folder with REKINDLE_DATA."
              .formatted(folder, free >> 20, NEEDED_BYTES >> 20));
    }
  }

  /** What a start that was killed has left. */
  private static void deleteUnfinished(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "postgresql-unfinished-*")) {
      for (Path path : left) {
        PostgresBinaries.delete(path);
      }
    }
  }

  private static void writePassword(Path file) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, HexFormat.of().formatHex(random) + "\n", StandardCharsets.US_ASCII);
  }

  /**
   * The password of both roles of the embedded server.
   *
   * @throws DatabaseFailure if it cannot be read
   */
  static String password(Path cluster) {
    Path file = cluster.resolve(PASSWORD);
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new DatabaseFailure(
          "The password of the embedded PostgreSQL, %s, cannot be read. Run Rekindle as the user that owns the file; if it is lost, take it from a copy of the data folder."
              .formatted(file),
          e);
    }
  }
}
