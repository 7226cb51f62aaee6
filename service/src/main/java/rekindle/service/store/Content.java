package rekindle.service.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import rekindle.service.hash.Sha256;

/** Tells by its hash whether a row says what it said before. */
final class Content {
  private Content() {}

  /** SHA-256 of the parts, each with its length, so that no two lists of parts run together. */
  static byte[] of(@Nullable Object... parts) {
    var text = new StringBuilder();
    for (Object part : parts) {
      if (part == null) {
        text.append("-,");
      } else {
        String shown = part.toString();
        text.append(shown.length()).append(':').append(shown).append(',');
      }
    }
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String hexOf(@Nullable Object... parts) {
    return HexFormat.of().formatHex(of(parts));
  }
}
