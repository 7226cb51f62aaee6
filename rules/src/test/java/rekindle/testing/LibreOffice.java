package rekindle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** LibreOffice as a person's program: opens a file and saves it in another form. */
public final class LibreOffice {
  private static final long PATIENCE_S = 120;

  private final Path folder;

  /**
   * @param folder an empty folder for its profile and the files
   */
  public LibreOffice(Path folder) {
    this.folder = folder;
  }

  /** A file opened in one form and saved in another; forms are file name extensions. */
  public byte[] saved(byte[] file, String from, String to) {
    try {
      Path source = Files.write(folder.resolve("in." + from), file);
      Path out = Files.createDirectories(folder.resolve("out"));
      Path target = out.resolve("in." + to);
      Files.deleteIfExists(target);
      var process =
          new ProcessBuilder(
                  "soffice",
                  "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                  "--headless",
                  "--convert-to",
                  to,
                  "--outdir",
                  out.toString(),
                  source.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("soffice did not end within " + PATIENCE_S + " s");
      }
      if (!Files.exists(target)) {
        String log = Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        throw new IllegalStateException("soffice wrote no " + to + ": " + log);
      }
      return Files.readAllBytes(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
