package rekindle.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A region of a {@link Space}: one bit for each piece of each dimension. Immutable. */
final class Box {
  private final long[] words;

  Box(long[] words) {
    this.words = words;
  }

  /** The bits; not to be changed. */
  long[] words() {
    return words;
  }

  boolean contains(Box other) {
    for (int i = 0; i < words.length; i++) {
      if ((other.words[i] & ~words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Box box && Arrays.equals(words, box.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
