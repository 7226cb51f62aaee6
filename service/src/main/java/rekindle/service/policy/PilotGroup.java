package rekindle.service.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.service.hash.Sha256;

/**
 * For whom a release is tried: named persons, and a share of all others that is drawn by a hash, so
 * that a person stays in or out for as long as the release is tried, in every process.
 *
 * @param id of the pilot
 * @param share 0 to 1
 */
record PilotGroup(String id, String release, BigDecimal share, Set<String> persons) {
  private static final int DRAW_BYTES = 8;
  private static final BigDecimal DRAWS =
      new BigDecimal(BigInteger.ONE.shiftLeft(Byte.SIZE * DRAW_BYTES));

  PilotGroup {
    persons = Set.copyOf(persons);
  }

  /** The release if the person is in the group, else null. */
  @Nullable String releaseFor(String person) {
    return persons.contains(person) || isDrawn(person) ? release : null;
  }

  private boolean isDrawn(String person) {
    if (share.signum() == 0) {
      return false;
    }
    byte[] hash = Sha256.of((release + '\n' + person).getBytes(StandardCharsets.UTF_8));
    var draw = new BigInteger(1, java.util.Arrays.copyOf(hash, DRAW_BYTES));
    return new BigDecimal(draw).compareTo(share.multiply(DRAWS)) < 0;
  }
}
