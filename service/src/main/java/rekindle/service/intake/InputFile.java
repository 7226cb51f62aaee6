package rekindle.service.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A file to read, on disk or in the jar, plain or compressed with gzip.
 *
 * @param name its name without folders, for messages
 */
public record InputFile(String name, Opener opener) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Opens the bytes as they are stored. */
  public interface Opener {
    InputStream open() throws IOException;
  }

  /**
   * The file at a path; of a folder its only {@code .csv} or {@code .csv.gz} file.
   *
   * @throws NoSuchFileException if there is none, or if a folder holds several
   */
  public static InputFile at(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      if (!Files.isReadable(path)) {
        throw new NoSuchFileException(path.toString(), null, "there is no such file to read");
      }
      return of(path);
    }
    List<InputFile> files = folder(path);
    if (files.size() != 1) {
      throw new NoSuchFileException(
          path.toString(),
          null,
          "the folder holds %d CSV files; name the one to read".formatted(files.size()));
    }
    return files.get(0);
  }

  /** The CSV files of a folder, by name. */
  public static List<InputFile> folder(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.toString().matches("(?i).*\\.csv(\\.gz)?"))
          .sorted()
          .map(InputFile::of)
          .toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  /** The file of the jar beside a class. */
  static InputFile resource(String resource) {
    return new InputFile(
        resource.substring(resource.lastIndexOf('/') + 1),
        () -> {
          InputStream in = InputFile.class.getResourceAsStream(resource);
          if (in == null) {
            throw new NoSuchFileException(resource, null, "the jar holds no such file");
          }
          return in;
        });
  }

  private static InputFile of(Path path) {
    return new InputFile(String.valueOf(path.getFileName()), () -> Files.newInputStream(path));
  }

  /** The content, decompressed. */
  public InputStream open() throws IOException {
    return decompressed(opener.open());
  }

  /** Bytes as they are, or decompressed if they begin as gzip does. */
  public static InputStream decompressed(InputStream stored) throws IOException {
    var in = new BufferedInputStream(stored, BUFFER_BYTES);
    try {
      in.mark(2);
      boolean compressed = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return compressed ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException unreadable) {
      in.close();
      throw unreadable;
    }
  }
}
