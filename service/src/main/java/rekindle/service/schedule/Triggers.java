package rekindle.service.schedule;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.service.intake.ContactIntake;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.ContactStore;
import rekindle.service.store.GapStore;

/**
 * Something shipped, changed or happened: everybody whose gap it answers knows of it, and is looked
 * at. Telling the same again is harmless. Thread-safe.
 */
public final class Triggers {
  private static final int BATCH = 500;

  private final Jdbi jdbi;
  private final ContactStore contacts;

  public Triggers(Jdbi jdbi, ContactStore contacts) {
    this.jdbi = jdbi;
    this.contacts = contacts;
  }

  /**
   * What happened.
   *
   * @param answers the gaps that it answers: tags, loss reasons, reasons of cancellation
   */
  public record Happened(String kind, @Nullable String topic, Instant at, List<String> answers) {}

  /** How many contacts have the gap, and how many of them learned of it just now. */
  public record Reached(long matched, long woken) {}

  /** Tells everybody whose gap it answers, some at a time. */
  public Reached tell(Happened happened) {
    var trigger = new Trigger(happened.kind(), happened.topic(), happened.at(), true);
    String after = "";
    long matched = 0;
    long woken = 0;
    List<String> some;
    do {
      String from = after;
      some = jdbi.withHandle(handle -> GapStore.contacts(handle, happened.answers(), from, BATCH));
      List<Row<Trigger>> rows =
          some.stream().map(contact -> new Row<>("", contact, 0, trigger)).toList();
      if (!rows.isEmpty()) {
        woken +=
            ContactIntake.patiently(
                () -> jdbi.inTransaction(handle -> contacts.triggers(handle, rows)).changed());
        after = some.get(some.size() - 1);
      }
      matched += some.size();
    } while (some.size() == BATCH);
    return new Reached(matched, woken);
  }
}
