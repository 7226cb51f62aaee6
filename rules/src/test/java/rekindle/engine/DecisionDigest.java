package rekindle.engine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import rekindle.decision.DecisionWriter;
import rekindle.facts.ContactFacts;
import rekindle.testing.RandomFacts;

/** One hash over many decisions; run as a program, it prints the hash of another Java process. */
final class DecisionDigest {
  static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");
  static final int PEOPLE = 1_000;

  private DecisionDigest() {}

  public static void main(String[] arguments) {
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println("digest " + ofAll());
  }

  static String ofAll() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (int seed = 0; seed < PEOPLE; seed++) {
        digest.update(decide(seed));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static byte[] decide(int seed) {
    return decide(RandomFacts.of(seed, AS_OF));
  }

  static byte[] decide(ContactFacts facts) {
    return DecisionWriter.write(ShippedEngine.get().decide(facts, AS_OF));
  }
}
