package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.service.database.TestDatabase;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.Purchase;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.Written.Reason;
import rekindle.service.store.Written.Refusal;

class ContactStoreTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");
  private static final Instant JANUARY = Instant.parse("2026-01-04T09:00:00.123Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-04T09:00:00Z");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  private TestStore store;

  @BeforeEach
  void open() {
    store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
    store.writeContacts(
        """
        id,email,phone,country
        c-1,ann@example.com,+1-212-555-0101,US
        c-2,bob@example.com,+1-212-555-0102,US
        """);
  }

  @AfterEach
  void clear() {
    store.clear();
  }

  @SafeVarargs
  private <T> Written write(BiFunction<Handle, List<Row<T>>, Written> write, Row<T>... rows) {
    return store.jdbi.inTransaction(handle -> write.apply(handle, List.of(rows)));
  }

  private static <T> Row<T> row(String id, T value) {
    return new Row<>(id, "c-1", 0, value);
  }

  private ContactFacts facts() {
    return store.factsOf("c-1", AS_OF);
  }

  private static Row<AddressedConsent> consent(@Nullable Instant withdrawnAt, boolean textShown) {
    return row(
        "",
        new AddressedConsent(
            new Consent(
                Channel.EMAIL,
                "express",
                JANUARY,
                "web_form",
                textShown,
                "page",
                "sha256:00",
                true,
                withdrawnAt),
            "ann@example.com",
            "https://example.com/proof/ann"));
  }

  private static void isOnce(Written written) {
    assertThat(written).isEqualTo(new Written(1, 0, List.of()));
  }

  private static void isKnown(Written written) {
    assertThat(written).isEqualTo(new Written(0, 1, List.of()));
  }

  @Test
  void consent_toldAnew_isAVersionOfWhichTheLastCounts() {
    isOnce(write(store.contacts::consents, consent(null, true)));
    isKnown(write(store.contacts::consents, consent(null, true)));
    isOnce(write(store.contacts::consents, consent(null, false)));
    isKnown(write(store.contacts::consents, consent(null, false)));
    assertThat(facts().consents()).hasSize(1);
    assertThat(facts().consents().get(0).textShown()).isFalse();

    isOnce(write(store.contacts::consents, consent(null, true)));
    assertThat(facts().consents()).hasSize(1);
    assertThat(facts().consents().get(0).textShown()).isTrue();
    assertThat(store.count("consent")).isEqualTo(3);
  }

  @Test
  void consentWithdrawn_andToldWithoutThat_staysWithdrawnAtTheEarliest() {
    Instant later = FEBRUARY.plus(Duration.ofDays(3));
    write(
        store.contacts::consents,
        consent(null, true),
        consent(later, true),
        consent(FEBRUARY, true),
        consent(null, true));
    assertThat(facts().consents()).extracting(Consent::withdrawnAt).containsExactly(FEBRUARY);
    assertThat(store.count("consent")).isEqualTo(4);
  }

  @Test
  void consentProof_isKeptEncrypted() {
    write(store.contacts::consents, consent(null, true));
    String kept =
        store.jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select encode(proof_uri, 'escape') from consent")
                    .mapTo(String.class)
                    .one());
    assertThat(kept).isNotEmpty().doesNotContain("example.com");
  }

  @Test
  void consent_ofAnotherAddress_isAnotherConsent() {
    Row<AddressedConsent> other =
        row(
            "",
            new AddressedConsent(consent(null, true).value().consent(), "old@example.com", null));
    assertThat(write(store.contacts::consents, consent(null, true), other).changed()).isEqualTo(2);
    assertThat(facts().consents()).hasSize(1);
  }

  @Test
  void suppression_toldWithAnotherEnd_endsThen() {
    var forEver = new Suppression("sms", "opt_out", JANUARY, null);
    var ending = new Suppression("sms", "opt_out", JANUARY, FEBRUARY);
    isOnce(write(store.contacts::suppressions, row("", ending)));
    isKnown(write(store.contacts::suppressions, row("", ending)));
    isOnce(write(store.contacts::suppressions, row("", forEver)));
    assertThat(facts().suppressions()).containsExactly(forEver);
    isOnce(write(store.contacts::suppressions, row("", ending)));
    assertThat(facts().suppressions()).containsExactly(ending);
    isOnce(
        write(
            store.contacts::suppressions,
            row("", new Suppression("sms", "complaint", JANUARY, null))));
    assertThat(facts().suppressions()).hasSize(2);
  }

  @Test
  void response_withAKnownIdAndOtherContent_isRefusedAndTheFirstStays() {
    var click = new Response(JANUARY, Channel.EMAIL, "click", "neutral");
    var reply = new Response(JANUARY, Channel.EMAIL, "reply", null);
    isOnce(write(store.contacts::responses, row("a-1", click)));
    isKnown(write(store.contacts::responses, row("a-1", click)));

    Written written =
        write(store.contacts::responses, row("a-2", reply), row("a-1", reply), row("a-1", click));
    assertThat(written)
        .isEqualTo(new Written(1, 1, List.of(new Refusal(1, "c-1", Reason.OTHER_CONTENT))));
    assertThat(facts().responses()).containsExactly(click, reply);
  }

  @Test
  void responsesWithoutId_areTheSameIfTheySayTheSame() {
    var click = new Response(JANUARY, null, "click", null);
    isOnce(write(store.contacts::responses, row("", click)));
    isKnown(write(store.contacts::responses, row("", click)));
    isOnce(write(store.contacts::responses, row("", new Response(FEBRUARY, null, "click", null))));
  }

  @Test
  void rowsAboutUnknownContacts_areSetAsideAndTheOthersWritten() {
    Written written =
        write(
            store.contacts::winBacks,
            new Row<>("", "nobody", 7, JANUARY),
            row("", JANUARY),
            new Row<>("", "c-9", 9, JANUARY));
    assertThat(written)
        .isEqualTo(
            new Written(
                1,
                0,
                List.of(
                    new Refusal(0, "nobody", Reason.UNKNOWN_CONTACT),
                    new Refusal(2, "c-9", Reason.UNKNOWN_CONTACT))));
  }

  @Test
  void recordsOfTheSystem_changeInPlace() {
    var active = new Subscription("active", null, null, 3L);
    var cancelled = new Subscription("cancelled", JANUARY, "price", 0L);
    isOnce(write(store.contacts::subscriptions, row("s-1", active)));
    isKnown(write(store.contacts::subscriptions, row("s-1", active)));
    isOnce(write(store.contacts::subscriptions, row("s-1", cancelled)));
    assertThat(facts().lifecycle().subscription()).isEqualTo(cancelled);

    var deal = new Deal("proposal", "lost", JANUARY, "price", new BigDecimal("12000.00"));
    isOnce(write(store.contacts::deals, row("d-1", deal)));
    isKnown(write(store.contacts::deals, row("d-1", deal)));
    assertThat(facts().lifecycle().deal()).isEqualTo(deal);

    var meeting = new Meeting(FEBRUARY, "no_show");
    isOnce(write(store.contacts::meetings, row("m-1", meeting)));
    isKnown(write(store.contacts::meetings, row("m-1", meeting)));
    assertThat(facts().lifecycle().meeting()).isEqualTo(meeting);

    isOnce(
        write(
            store.contacts::purchases,
            row("o-1", new Purchase(JANUARY, new BigDecimal("1.50"), "USD", false))));
    assertThat(facts().lifecycle().orders()).isEqualTo(new Orders(1L, JANUARY));
    isOnce(
        write(
            store.contacts::purchases,
            row("o-1", new Purchase(JANUARY, new BigDecimal("1.50"), "USD", true))));
    assertThat(facts().lifecycle().orders()).isNull();
  }

  @Test
  void rowTwiceInOneList_endsAsTheLastOne() {
    var first = new Meeting(FEBRUARY, "booked");
    var last = new Meeting(FEBRUARY, "attended");
    Written written = write(store.contacts::meetings, row("m-1", first), row("m-1", last));
    assertThat(written.changed()).isEqualTo(2);
    assertThat(facts().lifecycle().meeting()).isEqualTo(last);
  }

  @Test
  void incentive_redeemedLater_isStillOne() {
    isOnce(
        write(
            store.contacts::incentives,
            row("", new GrantedIncentive("fee_credit", JANUARY, false))));
    var redeemed = new GrantedIncentive("fee_credit", JANUARY, true);
    isOnce(write(store.contacts::incentives, row("", redeemed)));
    isKnown(write(store.contacts::incentives, row("", redeemed)));
    assertThat(facts().history().incentives()).containsExactly(redeemed);
  }

  @Test
  void trigger_toldAnew_isStillOne() {
    isOnce(
        write(
            store.contacts::triggers,
            row("", new Trigger("feature_release", "sso", JANUARY, null))));
    var matching = new Trigger("feature_release", "sso", JANUARY, true);
    isOnce(write(store.contacts::triggers, row("", matching)));
    isOnce(
        write(
            store.contacts::triggers,
            row("", new Trigger("feature_release", null, JANUARY, null))));
    assertThat(facts().triggers())
        .containsExactly(matching, new Trigger("feature_release", null, JANUARY, null));
  }

  @Test
  void registryAnswers_atOneMoment_areBothKeptAndTheStricterCounts() {
    isOnce(
        write(
            store.contacts::registryAnswers,
            row("", new RegistryAnswer("us_dnc", "listed", JANUARY))));
    isOnce(
        write(
            store.contacts::registryAnswers,
            row("", new RegistryAnswer("us_dnc", "not_listed", JANUARY))));
    isKnown(
        write(
            store.contacts::registryAnswers,
            row("", new RegistryAnswer("us_dnc", "listed", JANUARY))));
    assertThat(facts().registry().lists()).hasSize(1);
    assertThat(facts().registry().lists().get(0).listed()).isTrue();
  }

  @Test
  void hold_onAnyContactOfThePerson_holdsAllBackUntilLifted() {
    store.writeContacts("id,email\nc-3,ann@example.com\n");
    boolean known =
        store.jdbi.inTransaction(
            handle -> {
              assertThat(store.contacts.hold(handle, "nobody", "contacts", "line 7")).isFalse();
              assertThat(store.contacts.hold(handle, "c-3", "consents", "line 9")).isTrue();
              return store.contacts.hold(handle, "c-3", "contacts", "line 8");
            });
    assertThat(known).isTrue();
    assertThat(store.facts.find("c-1", AS_OF).orElseThrow().heldBack()).isEqualTo("line 9");
    assertThat(store.facts.find("c-2", AS_OF).orElseThrow().heldBack()).isNull();

    int lifted =
        store.jdbi.inTransaction(
            handle -> store.contacts.lift(handle, List.of("c-1", "c-3"), "consents"));
    assertThat(lifted).isEqualTo(1);
    assertThat(store.facts.find("c-1", AS_OF).orElseThrow().heldBack()).isEqualTo("line 8");
  }

  @Test
  void countries_areThoseOfKnownContacts() {
    store.writeContacts("id,region\nc-7,US-NY\n");
    Map<String, Optional<String>> countries =
        store.jdbi.withHandle(
            handle -> store.contacts.countries(handle, List.of("c-1", "c-7", "nobody")));
    assertThat(countries).isEqualTo(Map.of("c-1", Optional.of("US"), "c-7", Optional.empty()));
  }

  @Test
  void contact_toldOtherwise_isReplacedAsAWhole() {
    store.writeContacts(
        "id,email,tags,do_not_contact_scope,lifetime_value,currency\n"
            + "c-1,ann@example.com,price,phone,12.50,USD\n");
    ContactFacts before = facts();
    assertThat(before.contact().tags()).containsExactly("price");
    assertThat(before.value().lifetimeValue()).isEqualTo("12.50");
    assertThat(before.reach()).containsOnlyKeys(Channel.EMAIL, Channel.PAID_MEDIA);

    store.writeContacts("id,phone,country\nc-1,+1-212-555-0101,US\n");
    assertThat(facts().contact().tags()).isEmpty();
    assertThat(facts().contact().doNotContactScope()).isEmpty();
    assertThat(facts().value()).isEqualTo(ContactFacts.NO_VALUE);
    assertThat(facts().reach()).containsOnlyKeys(Channel.SMS, Channel.PHONE, Channel.PAID_MEDIA);
  }

  @Test
  void contact_withAnotherAddressAlone_isChanged() {
    assertThat(
            store
                .writeContacts("id,email,phone,country\nc-1,ann@example.org,+1-212-555-0101,US\n")
                .changed())
        .isEqualTo(1);
    assertThat(
            store
                .writeContacts("id,email,phone,country\nc-1,ANN@example.org,2125550101,US\n")
                .unchanged())
        .as("the same addresses, written otherwise")
        .isEqualTo(1);
  }
}
