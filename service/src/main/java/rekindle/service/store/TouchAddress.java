package rekindle.service.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Where touches go. Thread-safe. */
public final class TouchAddress {
  private static final String NUMBERS =
      """
      select t.id, t.address_id from touch t
       where t.address_id is not null
         and t.id in (select w.id from json_array_elements_text(cast(:ids as json)) as w(id))
      """;

  private final Identities identities;

  public TouchAddress(Identities identities) {
    this.identities = identities;
  }

  /** The addresses of touches that have one, by the ids of the touches. */
  public Map<String, String> of(Handle handle, Collection<String> touchIds) {
    var numbers = new HashMap<String, Long>();
    handle
        .createQuery(NUMBERS)
        .bind("ids", JsonRows.texts(touchIds))
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> numbers.put(entry.getKey(), entry.getValue()));
    Map<Long, String> texts = identities.reveal(handle, numbers.values());
    var byTouch = new HashMap<String, String>();
    numbers.forEach((touch, number) -> byTouch.put(touch, texts.getOrDefault(number, "")));
    byTouch.values().removeIf(String::isEmpty);
    return byTouch;
  }
}
