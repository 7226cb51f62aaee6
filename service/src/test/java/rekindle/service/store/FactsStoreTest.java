package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Touch;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.CrmRecords;
import rekindle.service.intake.InputFile;
import rekindle.service.record.Rows.Row;

class FactsStoreTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T17:00:00Z");

  /** Two records of one person, by e-mail, and a third of somebody else. */
  private static final String CONTACTS =
      """
      id,email,phone,country,linkedin,do_not_contact_scope,global_privacy_control
      c-1,Ann@Example.com,+1-212-555-0101,US,in/ann,phone,
      c-2,ann@example.COM,+1-212-555-0102,US,connected,sms,true
      c-3,bob@example.com,+1-212-555-0103,US,connected,,
      """;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  private TestStore store;

  @BeforeEach
  void open() {
    store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
  }

  @AfterEach
  void clear() {
    store.clear();
  }

  /** Writes the files, and holds what comes back against what they tell without a store. */
  private Map<String, ContactFacts> asFromFiles(String... namesAndTexts) {
    List<InputFile> files = CrmRecords.folder(namesAndTexts);
    store.write(files);
    Map<String, ContactFacts> expected = CrmRecords.facts(files, AS_OF);
    Map<String, StoredFacts> found = store.facts.find(expected.keySet(), AS_OF);
    expected.forEach(
        (id, facts) ->
            assertThat(FactsStoreSampleTest.sorted(Objects.requireNonNull(found.get(id)).facts()))
                .isEqualTo(FactsStoreSampleTest.sorted(facts)));
    return expected;
  }

  @Test
  void unknownContact_hasNoFacts() {
    assertThat(store.facts.find("nobody", AS_OF)).isEmpty();
    assertThat(store.facts.find(List.of("nobody"), AS_OF)).isEmpty();
    assertThat(store.facts.find(List.of(), AS_OF)).isEmpty();
  }

  @Test
  void contactAlone_hasFactsOfNothingElse() {
    asFromFiles("contacts", "id\nc-1\n");
    ContactFacts facts = store.factsOf("c-1", AS_OF);
    assertThat(facts.contact().personId()).isEqualTo("p-c-1");
    assertThat(facts.history()).isEqualTo(ContactFacts.NO_HISTORY);
    assertThat(facts.reach()).isEmpty();
  }

  @Test
  void consents_countForThePresentAddressOnly() {
    Map<String, ContactFacts> facts =
        asFromFiles(
            "contacts",
            CONTACTS,
            "consents",
            """
            contact_id,channel,address,basis,captured_at,method,text_shown,proof_uri,withdrawn_at
            c-1,sms,+1 212 555 0101,express_written,2025-05-05,web_form,true,https://example.com/1,
            c-1,sms,+1 212 555 0199,express_written,2025-05-06,web_form,true,,
            c-1,email,ANN@example.com,express,2025-05-07,web_form,true,,
            c-1,phone,,express,2025-05-08,web_form,true,,
            c-1,paid_media,,ad_user_data,2025-05-09,web_form,true,,
            c-1,sms,+1 212 555 0199,express_written,2025-05-10,web_form,true,,2026-01-01
            c-1,email,old@example.com,express,2025-05-11,web_form,true,,2026-05-01
            c-2,paid_media,+12125550102,ad_user_data,2025-05-12,web_form,true,,
            c-2,linkedin,,express,2025-05-13,web_form,true,,
            """);
    assertThat(consents(facts, "c-1")).isEqualTo(5);
    assertThat(consents(facts, "c-2")).isEqualTo(5);
    assertThat(consents(facts, "c-3")).isZero();
  }

  private static int consents(Map<String, ContactFacts> facts, String id) {
    return Objects.requireNonNull(facts.get(id)).consents().size();
  }

  @Test
  void noesAndHistory_areThePersonsOverAllContacts() {
    asFromFiles(
        "contacts",
        CONTACTS,
        "suppressions",
        "contact_id,scope,reason,since,until\nc-1,email,opt_out,2026-01-01,\n",
        "activities",
        """
        id,contact_id,at,channel,kind,disposition
        a-2,c-2,2026-02-02T10:00:00Z,whatsapp,reply,neutral
        a-1,c-1,2026-02-01T10:00:00Z,email,click,neutral
        a-3,c-2,2026-04-02T10:00:00Z,whatsapp,reply,neutral
        """,
        "incentives",
        "contact_id,code,granted_at,redeemed\nc-1,fee_credit,2025-06-01,true\n",
        "win_backs",
        "contact_id,at\nc-2,2024-06-01\nc-1,2023-06-01\n",
        "registry",
        """
        contact_id,registry,answer,checked_at
        c-1,us_dnc,listed,2026-01-01
        c-1,us_dnc,not_listed,2026-02-01
        c-1,us_dnc,yes,2026-04-01
        c-2,us_tx,yes,2026-02-01
        c-1,reassigned,no_data,2026-02-01
        """);
    ContactFacts facts = store.factsOf("c-2", AS_OF);
    assertThat(facts.contact().doNotContactScope()).containsExactly("phone", "sms");
    assertThat(facts.contact().globalPrivacyControl()).isTrue();
    assertThat(facts.contact().lastInboundAt()).containsOnlyKeys(Channel.WHATSAPP);
    assertThat(facts.suppressions()).hasSize(1);
  }

  @Test
  void lifecycle_runningOfAnyContact_showsInAll() {
    Map<String, ContactFacts> facts =
        asFromFiles(
            "contacts",
            CONTACTS,
            "subscriptions",
            """
            id,contact_id,status,ended_at,reason,usage_last_30_days
            s-1,c-1,cancelled,2025-11-20,price,0
            s-2,c-2,active,,,12
            s-3,c-3,cancelled,2025-11-20,price,0
            s-4,c-3,lapsed,2025-12-20,,
            s-5,c-3,lapsed,2025-12-20,price,1
            """,
            "deals",
            """
            id,contact_id,stage,outcome,closed_at,loss_reason,quoted_price
            d-1,c-1,proposal,open,,,12000.00
            d-2,c-2,sql,lost,2025-10-02,price,
            """,
            "meetings",
            "id,contact_id,scheduled_for,status\nm-1,c-1,2026-05-01,booked\nm-2,c-2,,no_show\n",
            "orders",
            """
            id,contact_id,ordered_at,amount,currency,cancelled
            o-1,c-1,2025-06-01,10.00,USD,
            o-2,c-2,2025-07-01,,,true
            o-3,c-2,2025-05-01,-3,EUR,false
            """);
    assertThat(Objects.requireNonNull(facts.get("c-1")).lifecycle().subscription())
        .extracting(ContactFacts.Subscription::status)
        .isEqualTo("active");
  }

  @Test
  void personsThatBecomeOne_shareTheirLedgersAndPartWithTheirOwn() {
    store.write(
        CrmRecords.folder(
            "contacts",
            "id,email,do_not_contact_scope\nc-1,a@example.com,\nc-2,b@example.com,sms\n",
            "suppressions",
            "contact_id,scope,reason,since,until\nc-2,email,opt_out,2026-01-01,\n"));
    StoredFacts before = store.facts.find("c-1", AS_OF).orElseThrow();
    assertThat(before.facts().suppressions()).isEmpty();

    store.writeContacts("id,email,do_not_contact_scope\nc-2,a@example.com,sms\n");
    StoredFacts joined = store.facts.find("c-1", AS_OF).orElseThrow();
    assertThat(joined.facts().suppressions()).hasSize(1);
    assertThat(joined.facts().contact().doNotContactScope()).containsExactly("sms");
    assertThat(joined.subjectRef()).isEqualTo(before.subjectRef());
    assertThat(store.facts.find("c-2", AS_OF).orElseThrow().subjectRef())
        .isEqualTo(before.subjectRef());

    store.writeContacts("id,email,do_not_contact_scope\nc-2,b@example.com,sms\n");
    assertThat(store.facts.find("c-1", AS_OF).orElseThrow()).isEqualTo(before);
    assertThat(store.factsOf("c-2", AS_OF).suppressions()).hasSize(1);
  }

  @Test
  void touches_ofAllContacts_areThePersonsInAFixedOrder() {
    asFromFiles("contacts", CONTACTS);
    var rows = new ArrayList<Row<Touch>>();
    for (String contact : List.of("c-2", "c-1", "c-3")) {
      rows.add(
          new Row<>(
              "",
              contact,
              0,
              new Touch("t-of-" + contact, "stalled", 1, Channel.EMAIL, AS_OF, "delivered")));
    }
    store.jdbi.useTransaction(handle -> store.contacts.touches(handle, rows));
    assertThat(store.factsOf("c-2", AS_OF).touches())
        .extracting(Touch::id)
        .containsExactly("t-of-c-1", "t-of-c-2");
  }

  @Test
  void channelHealth_showsWhatIsNotWell() {
    asFromFiles("contacts", CONTACTS);
    store.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into channel_health (channel, state) values ('sms', 'paused'), ('email', 'ok')"));
    assertThat(store.factsOf("c-1", AS_OF).channelHealth())
        .isEqualTo(Map.of(Channel.SMS, "paused"));
  }

  /** One sequential scan of a ledger for each decision would be the end of it. */
  @Test
  void factsStatements_onLargeTables_scanNoTable() {
    store.jdbi.useTransaction(
        handle -> {
          handle.execute("set local enable_seqscan = off");
          for (String sql : List.of(FactsQuery.ONE, FactsQuery.MANY)) {
            List<String> plan =
                handle
                    .createQuery("explain " + sql)
                    .bind("contact", "c-1")
                    .bind("contacts", "[\"c-1\"]")
                    .configure(
                        org.jdbi.v3.core.statement.SqlStatements.class,
                        statements -> statements.setUnusedBindingAllowed(true))
                    .mapTo(String.class)
                    .list();
            assertThat(plan).anyMatch(line -> line.contains("Index"));
            assertThat(plan.stream().filter(line -> line.contains("Seq Scan on")))
                .allMatch(line -> line.contains("channel_health"));
          }
        });
  }
}
