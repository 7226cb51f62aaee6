package rekindle.impact;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map with a bound. Of more keys it keeps those that are first by their hash, so that what is
 * kept, and every value of it, is the same in whatever order keys come and however parts are
 * merged. Confined to one thread.
 */
final class KeptByHash<K, V> {
  private final int keysMax;
  private final Comparator<K> order;
  private final Consumer<V> dropped;
  private final Map<K, V> kept = new HashMap<>();
  private @Nullable K bound;

  /**
   * @param ties orders keys whose hashes are equal
   * @param dropped takes the value of a key that is kept no more
   */
  KeptByHash(int keysMax, Comparator<K> ties, Consumer<V> dropped) {
    this.keysMax = keysMax;
    this.order = Comparator.<K>comparingInt(key -> Hashes.of(key.toString())).thenComparing(ties);
    this.dropped = dropped;
  }

  /** The value of a key, made if need be; null if the key is not kept. */
  @Nullable V get(K key, Supplier<V> make) {
    V there = kept.get(key);
    if (there != null) {
      return there;
    }
    if (bound != null && order.compare(key, bound) >= 0) {
      return null;
    }
    V made = make.get();
    kept.put(key, made);
    if (kept.size() > keysMax) {
      K last = Collections.max(kept.keySet(), order);
      bound = last;
      V gone = kept.remove(last);
      if (gone != null) {
        dropped.accept(gone);
      }
      return kept.get(key);
    }
    return made;
  }

  Map<K, V> kept() {
    return Collections.unmodifiableMap(kept);
  }
}
