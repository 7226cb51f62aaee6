package rekindle.service.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import rekindle.service.hash.Sha256;

/**
 * The PostgreSQL programs of the jar, unpacked where only the owner of the data folder can change
 * them. The library that brings them would unpack into a folder that everybody may write to, with
 * errors unnoticed, and run a server for tests; we take the archive from it and no more.
 */
final class PostgresBinaries {
  /** The one major version in the jar. */
  static final String MAJOR = "18";

  private static final int DIGITS = 16;
  private static final String UNFINISHED = "unfinished-";

  private final Path folder;
  private final List<String> prefix;

  private PostgresBinaries(Path folder, List<String> prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /**
   * Unpacks the programs unless they are there.
   *
   * @throws DatabaseFailure if the jar has none for this platform, or they cannot run as this user
   */
  static PostgresBinaries unpack(DataFolder data) {
    List<String> prefix = prefix();
    byte[] archive = archive();
    Path target = data.binaries().resolve(Sha256.hex(archive).substring(0, DIGITS));
    try {
      if (!Files.isDirectory(target)) {
        DataFolder.makePrivate(data.binaries());
        deleteUnfinished(data.binaries());
        Path unfinished = data.binaries().resolve(UNFINISHED + UUID.randomUUID());
        try {
          extract(archive, unfinished);
          Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          delete(unfinished);
        }
      }
    } catch (IOException e) {
      throw DataFolder.unwritable(data.path(), e);
    }
    return new PostgresBinaries(target, prefix);
  }

  /** What a start that was killed has left. */
  private static void deleteUnfinished(Path binaries) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(binaries, UNFINISHED + "*")) {
      for (Path path : left) {
        delete(path);
      }
    }
  }

  private static byte[] archive() {
    String system = System.getProperty("os.name", "");
    String machine = System.getProperty("os.arch", "");
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system.startsWith("Mac") ? "Darwin" : system,
            machine.equals("amd64") ? "x86_64" : machine)) {
      return in.readAllBytes();
    } catch (IllegalStateException | IOException e) {
      throw new DatabaseFailure(
          "The jar brings PostgreSQL for Linux on amd64 and arm64 and for macOS on arm64, but this is %s on %s. Run a PostgreSQL 15 or newer and name it with REKINDLE_DATABASE_URL."
              .formatted(system, machine),
          e);
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace of its own root has stepped down. */
  private static List<String> prefix() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (!LinuxUtils.isUnshareAvailable()) {
      throw new DatabaseFailure(
          "PostgreSQL does not run as root, and this machine does not let root step down (unshare -U). Run Rekindle as an ordinary user, or name a server with REKINDLE_DATABASE_URL.");
    }
    return List.of("unshare", "-U");
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    DataFolder.makePrivate(target);
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new java.io.ByteArrayInputStream(archive)))) {
      for (@Nullable TarArchiveEntry entry = tar.getNextEntry();
          entry != null;
          entry = tar.getNextEntry()) {
        extract(tar, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling(""));
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /** Deletes a folder and all in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** What a program said, and whether it did its work. */
  record Outcome(int status, String output) {}

  /** Runs a program to its end. */
  Outcome run(String program, List<String> arguments) throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Messages that we read must not be translated.
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    Process process = builder.start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new DatabaseFailure("The start of PostgreSQL was interrupted.", e);
    }
  }
}
