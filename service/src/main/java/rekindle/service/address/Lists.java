package rekindle.service.address;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of words that lie beside this class in the jar, one a line. */
final class Lists {
  private Lists() {}

  static Set<String> read(String resource) {
    try (InputStream in = Lists.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar holds no " + resource + "; build it again.");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
