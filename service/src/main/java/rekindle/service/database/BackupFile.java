package rekindle.service.database;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A backup that was written before. */
final class BackupFile implements AutoCloseable {
  private static final int CONTENTS_BYTES_MAX = 16 << 20;

  private final Path path;
  private final ZipFile zip;
  private final BackupContents contents;

  private BackupFile(Path path, ZipFile zip, BackupContents contents) {
    this.path = path;
    this.zip = zip;
    this.contents = contents;
  }

  /**
   * Opens it and reads what it says of itself.
   *
   * @throws DatabaseFailure if it is no backup, or of a format that this jar does not know
   * @throws NoSuchFileException if there is no such file
   */
  static BackupFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such backup");
    }
    @Nullable ZipFile zip = null;
    boolean opened = false;
    try {
      zip = new ZipFile(path.toFile());
      var file = new BackupFile(path, zip, contents(path, zip));
      opened = true;
      return file;
    } catch (ZipException | FileNotFoundException | JacksonException e) {
      throw damaged(path, "it is no file that rekindle backup wrote, or not whole", e);
    } finally {
      if (!opened && zip != null) {
        zip.close();
      }
    }
  }

  private static BackupContents contents(Path path, ZipFile zip) throws IOException {
    byte[] json;
    try (InputStream in = open(zip, BackupContents.ENTRY)) {
      json = in.readNBytes(CONTENTS_BYTES_MAX);
    }
    var mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    int format = mapper.readTree(json).path("format").asInt();
    if (format != BackupContents.FORMAT) {
      throw damaged(
          path,
          "its format is %d, but this jar reads format %d; restore it with the jar that wrote it"
              .formatted(format, BackupContents.FORMAT),
          null);
    }
    return mapper.readValue(json, BackupContents.class);
  }

  BackupContents contents() {
    return contents;
  }

  /** Reads it to the last byte. */
  void verify() throws IOException {
    for (BackupContents.Table table : contents.tables()) {
      var counted = new CountedHash(OutputStream.nullOutputStream());
      try (InputStream in = open(table)) {
        in.transferTo(counted);
      } catch (ZipException | FileNotFoundException e) {
        throw damaged(path, "table " + table.name() + " cannot be read", e);
      }
      if (!counted.table(table.name()).equals(table)) {
        throw damaged(path, "table " + table.name() + " is not what was saved", null);
      }
    }
  }

  InputStream open(BackupContents.Table table) throws IOException {
    return open(zip, table.entry());
  }

  private static InputStream open(ZipFile zip, String name) throws IOException {
    @Nullable ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new FileNotFoundException(name);
    }
    return zip.getInputStream(entry);
  }

  private static DatabaseFailure damaged(Path path, String why, @Nullable Throwable cause) {
    return new DatabaseFailure(
        "%s cannot be restored: %s. Nothing was changed; take another backup.".formatted(path, why),
        cause);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
