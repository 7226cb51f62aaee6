package rekindle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The two documents that the contract shows. */
public final class ContractExamples {
  private ContractExamples() {}

  public static byte[] facts() {
    return resource("facts.json");
  }

  public static byte[] decision() {
    return resource("decision.json");
  }

  private static byte[] resource(String name) {
    String path = "/rekindle/contract/" + name;
    try (InputStream in = ContractExamples.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(in, path).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
