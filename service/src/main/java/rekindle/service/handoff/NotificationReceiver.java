package rekindle.service.handoff;

import org.jspecify.annotations.Nullable;
import rekindle.service.store.NotificationStore;

/** Whoever is told notifications. Thread-safe. */
interface NotificationReceiver extends AutoCloseable {
  /** Its name, as notifications have it. */
  String endpoint();

  /**
   * @return null if it was taken, else why not, without personal data
   */
  @Nullable String tell(NotificationStore.Due due);

  @Override
  void close();
}
