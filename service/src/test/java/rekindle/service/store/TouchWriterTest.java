package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Touch;
import rekindle.service.database.TestDatabase;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.Written.Reason;
import rekindle.service.store.Written.Refusal;

/** What the service itself does about a person. */
class TouchWriterTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");
  private static final Instant JANUARY = Instant.parse("2026-01-04T09:00:00.123Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-04T09:00:00Z");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  private TestStore store;

  @BeforeEach
  void open() {
    store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
    store.writeContacts("id\nc-1\nc-2\n");
  }

  @AfterEach
  void clear() {
    store.clear();
  }

  private <T> Written write(BiFunction<Handle, List<Row<T>>, Written> write, Row<T> row) {
    return store.jdbi.inTransaction(handle -> write.apply(handle, List.of(row)));
  }

  private static <T> Row<T> row(String id, T value) {
    return new Row<>(id, "c-1", 0, value);
  }

  private ContactFacts facts() {
    return store.factsOf("c-1", AS_OF);
  }

  private static void isOnce(Written written) {
    assertThat(written).isEqualTo(new Written(1, 0, List.of()));
  }

  private static void isKnown(Written written) {
    assertThat(written).isEqualTo(new Written(0, 1, List.of()));
  }

  @Test
  void touch_withAnotherOutcome_isChangedAndItsLedgerGrows() {
    var reserved = new Touch("t-1", "stalled", 1, Channel.EMAIL, JANUARY, "reserved");
    var delivered = new Touch("t-1", "stalled", 1, Channel.EMAIL, JANUARY, "delivered");
    var other = new Touch("t-1", "stalled", 2, Channel.EMAIL, JANUARY, "delivered");
    isOnce(write(store.contacts::touches, row("", reserved)));
    isKnown(write(store.contacts::touches, row("", reserved)));
    isOnce(write(store.contacts::touches, row("", delivered)));
    assertThat(write(store.contacts::touches, row("", other)).refused())
        .containsExactly(new Refusal(0, "c-1", Reason.OTHER_CONTENT));
    assertThat(write(store.contacts::touches, new Row<>("", "c-2", 0, delivered)).refused())
        .containsExactly(new Refusal(0, "c-2", Reason.OTHER_CONTENT));
    assertThat(facts().touches()).containsExactly(delivered);
    assertThat(store.count("touch_event")).isEqualTo(2);
  }

  @Test
  void journey_thatEnds_isTheSameJourney() {
    var open = new Journey("stalled", JANUARY, null, null, null);
    var ended = new Journey("stalled", JANUARY, FEBRUARY, FEBRUARY, "engaged");
    isOnce(write(store.contacts::journeys, row("", open)));
    isKnown(write(store.contacts::journeys, row("", open)));
    isOnce(write(store.contacts::journeys, row("", ended)));
    assertThat(facts().journey()).isEqualTo(ended);
    var later = new Journey("lapsed", FEBRUARY, null, null, null);
    isOnce(write(store.contacts::journeys, row("", later)));
    assertThat(facts().journey()).isEqualTo(later);
  }

  @Test
  void escalation_opensOnceAndCloses() {
    isOnce(write(store.contacts::openEscalations, row("", JANUARY)));
    isKnown(write(store.contacts::openEscalations, row("", FEBRUARY)));
    assertThat(facts().history().openEscalation()).isTrue();
    assertThat(store.factsOf("c-1", JANUARY.minusMillis(1)).history().openEscalation()).isFalse();

    int closed =
        store.jdbi.inTransaction(
            handle -> store.contacts.closeEscalations(handle, List.of("c-1", "c-2"), FEBRUARY));
    assertThat(closed).isEqualTo(1);
    assertThat(facts().history().openEscalation()).isFalse();
    assertThat(store.factsOf("c-1", FEBRUARY.minusMillis(1)).history().openEscalation()).isTrue();
    isKnown(write(store.contacts::openEscalations, row("", JANUARY)));
    isOnce(write(store.contacts::openEscalations, row("", FEBRUARY)));
  }
}
