package rekindle.service.store;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Alarms that are raised, each once for all processes: whichever sees it first raises it, and
 * whichever sees it over lifts it.
 */
public final class Alarms {
  private Alarms() {}

  private static final String RAISE =
      "insert into alarm (name, text) values (:name, :text) on conflict (name) do nothing";

  /**
   * Raises an alarm.
   *
   * @return false if it was raised before
   */
  public static boolean raise(Handle handle, String name, String text) {
    return handle.createUpdate(RAISE).bind("name", name).bind("text", text).execute() == 1;
  }

  private static final String LIFT =
      """
      delete from alarm a
       where a.name not in (select w.id from json_array_elements_text(cast(:names as json)) as w(id))
      returning a.name
      """;

  /**
   * Lifts alarms.
   *
   * @param still those that are not over
   * @return the names of those that were lifted just now
   */
  public static List<String> liftOthers(Handle handle, Collection<String> still) {
    return handle.createQuery(LIFT).bind("names", JsonRows.texts(still)).mapTo(String.class).list();
  }

  /** Names of those that are raised, in order. */
  public static List<String> raised(Handle handle) {
    return handle
        .createQuery("select name from alarm order by name collate \"C\"")
        .mapTo(String.class)
        .list();
  }
}
