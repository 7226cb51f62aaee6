package rekindle.service.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/**
 * How often a key may ask, and how often an address may try keys that are not known: token buckets
 * in this process, for a bounded number of keys and addresses. Thread-safe.
 */
public final class RateLimits {
  private static final int BUCKETS_MAX = 10_000;
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Limits limits;
  private final TimeMeter clock;
  private final Cache<String, Bucket> keys = buckets();
  private final Cache<String, Bucket> addresses = buckets();

  /**
   * How often.
   *
   * @param requestsPerSecondPerKey 0 = not limited
   * @param burstPerKey how many may come at once after a pause
   * @param unknownKeysPerMinutePerAddress 0 = not limited
   */
  public record Limits(
      int requestsPerSecondPerKey, int burstPerKey, int unknownKeysPerMinutePerAddress) {
    public Limits {
      if (requestsPerSecondPerKey < 0 || burstPerKey < 1 || unknownKeysPerMinutePerAddress < 0) {
        throw new IllegalArgumentException("A limit is not negative, and a burst at least 1");
      }
    }
  }

  public RateLimits(Limits limits) {
    this(limits, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimits(Limits limits, TimeMeter clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Counts a request of the key.
   *
   * @throws ProblemException {@code rate_limited} if it is one too many
   */
  void request(String keyId) {
    int perSecond = limits.requestsPerSecondPerKey;
    if (perSecond > 0) {
      Bucket bucket =
          keys.get(keyId, id -> bucket(limits.burstPerKey, perSecond, Duration.ofSeconds(1)));
      take(bucket, "This key may send " + perSecond + " requests a second.");
    }
  }

  /**
   * Counts an attempt with a key that is not yet known, before anything is spent on it; {@link
   * #known} takes it back.
   *
   * @throws ProblemException {@code rate_limited} if there were too many from that address
   */
  void attempt(String address) {
    if (limits.unknownKeysPerMinutePerAddress > 0) {
      take(attempts(address), "Too many keys that are not valid came from this address.");
    }
  }

  /** Takes an attempt back, because its key is valid. */
  void known(String address) {
    if (limits.unknownKeysPerMinutePerAddress > 0) {
      attempts(address).addTokens(1);
    }
  }

  private Bucket attempts(String address) {
    int perMinute = limits.unknownKeysPerMinutePerAddress;
    return addresses.get(
        network(address), a -> bucket(perMinute, perMinute, Duration.ofMinutes(1)));
  }

  private Bucket bucket(int burst, int refill, Duration period) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, period))
        .withCustomTimePrecision(clock)
        .build();
  }

  private static void take(Bucket bucket, String rule) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
      throw new ProblemException(
          ProblemType.RATE_LIMITED.problem(
              rule + " Nothing was done; try again after " + seconds + " s.",
              Math.toIntExact(seconds)));
    }
  }

  private static Cache<String, Bucket> buckets() {
    return Caffeine.newBuilder().maximumSize(BUCKETS_MAX).expireAfterAccess(IDLE).build();
  }

  /** Whoever has an IPv6 address has a whole network of them. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, IPV6_NETWORK_BYTES)));
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
