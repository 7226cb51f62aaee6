package rekindle.service.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How often each touch came to a platform, and no more: requests of a long run do not fit. */
public final class Tally {
  private final Map<UUID, Integer> times = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Came> fresh = new ConcurrentLinkedQueue<>();

  /** A touch that came. */
  public record Came(UUID touch, long atMillis) {}

  void came(String key, long atMillis) {
    UUID touch = UUID.fromString(key);
    times.merge(touch, 1, Integer::sum);
    fresh.add(new Came(touch, atMillis));
  }

  /** Different touches that came. */
  public int touches() {
    return times.size();
  }

  /** Touches that came more than once. */
  public List<UUID> repeated() {
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What came since this was last asked. */
  public List<Came> take() {
    var taken = new ArrayList<Came>();
    for (Came came = fresh.poll(); came != null; came = fresh.poll()) {
      taken.add(came);
    }
    return taken;
  }
}
