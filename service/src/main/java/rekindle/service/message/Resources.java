package rekindle.service.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The files of this package in the jar. */
final class Resources {
  private Resources() {}

  /**
   * @param name relative to the package
   */
  static Optional<String> find(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String read(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("The jar holds no " + name + "; build it again."));
  }
}
