package rekindle.service.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import rekindle.service.hash.Sha256;

/**
 * Draws that depend on the seed, the key and the topic alone: the first eight bytes of SHA-256 of
 * the three. So the order of contacts, and new topics, change no other draw.
 */
record Draw(long seed, String key) {

  /** A number from 0 up to, but without, the bound. */
  int below(int bound, String topic) {
    byte[] text = (seed + "\n" + key + "\n" + topic).getBytes(StandardCharsets.UTF_8);
    return (int) Long.remainderUnsigned(ByteBuffer.wrap(Sha256.of(text)).getLong(), bound);
  }

  /** Whether the topic holds, for this many of a thousand keys. */
  boolean holdsFor(int perMille, String topic) {
    return below(1000, topic) < perMille;
  }

  /** A value and for how many of a thousand keys it comes. */
  record Share(String value, int perMille) {}

  /** One of the values by their shares; empty for the rest of the thousand. */
  Optional<String> byShare(String topic, List<Share> shares) {
    int left = below(1000, topic);
    for (Share share : shares) {
      if (left < share.perMille()) {
        return Optional.of(share.value());
      }
      left -= share.perMille();
    }
    return Optional.empty();
  }

  /** One of the values, each as likely as it occurs in the list. */
  String oneOf(String topic, String... values) {
    return values[below(values.length, topic)];
  }
}
