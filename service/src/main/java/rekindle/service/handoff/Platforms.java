package rekindle.service.handoff;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.service.store.NotificationStore;

/** All ways out, by name. Closed after whoever uses them. Thread-safe. */
public final class Platforms implements AutoCloseable {
  private final Map<String, Platform> byName = new TreeMap<>();
  private final Map<String, NotificationReceiver> notified = new TreeMap<>();

  /**
   * @param more platforms that are no webhooks
   * @param mailers whoever is told by e-mail
   */
  public Platforms(
      HandOverConfiguration configuration,
      List<Platform> more,
      List<NotificationMailer> mailers,
      Addresses addresses,
      InstantSource clock) {
    for (PlatformConfiguration platform : configuration.platforms()) {
      byName.put(platform.name(), new WebhookPlatform(platform, addresses, clock));
      notified.put(platform.name(), new NotificationSender(platform, clock));
    }
    more.forEach(platform -> byName.put(platform.name(), platform));
    PlatformConfiguration everybody = configuration.notified();
    if (everybody != null) {
      notified.put(everybody.name(), new NotificationSender(everybody, clock));
    }
    mailers.forEach(mailer -> notified.put(mailer.endpoint(), mailer));
  }

  public Optional<Platform> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public List<Platform> all() {
    return List.copyOf(byName.values());
  }

  /** Whoever is told notifications, by the names that these have. */
  public Set<String> endpoints() {
    return Set.copyOf(notified.keySet());
  }

  /**
   * Tells a notification to whom it is for.
   *
   * @return null if it was taken, else why not; empty text if nobody is configured
   */
  public @Nullable String tell(NotificationStore.Due due) {
    NotificationReceiver receiver = notified.get(due.notification().endpoint());
    return receiver == null ? "" : receiver.tell(due);
  }

  @Override
  public void close() {
    for (Platform platform : byName.values()) {
      platform.close();
    }
    notified.values().forEach(NotificationReceiver::close);
  }
}
