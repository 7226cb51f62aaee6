package rekindle.service.configuration;

import io.dropwizard.configuration.ConfigurationSourceProvider;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the configuration comes from: a file, or the jar's own copy. */
public final class ConfigurationFiles implements ConfigurationSourceProvider {
  private static final String USUAL = "config.yml";
  private static final String IN_JAR = "the jar's own config.yml";

  /** The file that was named; else {@code ./config.yml} if there is one; else the jar's copy. */
  public static String orUsual(@Nullable String named) {
    if (named != null) {
      return named;
    }
    return Files.isRegularFile(Path.of(USUAL)) ? USUAL : IN_JAR;
  }

  @Override
  public InputStream open(String path) throws IOException {
    if (path.equals(IN_JAR)) {
      InputStream copy = ConfigurationFiles.class.getResourceAsStream("/" + USUAL);
      if (copy == null) {
        throw new FileNotFoundException("the jar lacks its " + USUAL + "; name a file");
      }
      return copy;
    }
    if (!Files.isRegularFile(Path.of(path))) {
      throw new NoSuchFileException(path, null, "there is no such configuration file");
    }
    return Files.newInputStream(Path.of(path));
  }
}
