package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Response;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.CrmRecords;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Rows.Row;

/**
 * Prints what reading facts and writing rows costs; nothing is asserted about time. {@code mvn -pl
 * service -am -Dtest=FactsStoreBenchmarkTest -Dtest.excluded=none -Dgroups=benchmark
 * -Dsurefire.failIfNoSpecifiedTests=false test}
 */
@Tag("benchmark")
class FactsStoreBenchmarkTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T17:00:00Z");
  private static final int CONTACTS = 200_000;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  @Test
  void facts_ofTheSample_cost() {
    var store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
    store.write(CrmRecords.sample());
    store.jdbi.useHandle(handle -> handle.execute("analyze"));
    List<String> ids = List.copyOf(store.persons().keySet());
    measure(store, ids, "sample of " + ids.size());
    store.clear();
  }

  @Test
  void facts_ofManyContacts_cost() {
    var store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
    store.jdbi.useHandle(handle -> handle.createScript(MANY).execute());
    store.jdbi.useHandle(handle -> handle.execute("vacuum analyze"));
    var random = new Random(1);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5000; i++) {
      ids.add("c-" + (1 + random.nextInt(CONTACTS)));
    }
    measure(store, ids, "5,000 of " + CONTACTS);
    store.clear();
  }

  private static void measure(TestStore store, List<String> ids, String what) {
    try (Handle handle = store.jdbi.open()) {
      int backend = handle.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
      IntConsumer one =
          i -> assertThat(store.facts.find(handle, ids.get(i % ids.size()), AS_OF)).isPresent();
      run(one, 4000, backend);
      for (int round = 1; round <= 3; round++) {
        print(what + ", one by one", run(one, 4000, backend));
      }
      IntConsumer thousand =
          i -> {
            int from = i * 1000 % Math.max(1, ids.size() - 1000);
            store.facts.find(handle, ids.subList(from, Math.min(ids.size(), from + 1000)), AS_OF);
          };
      run(thousand, 12, backend);
      Cost cost = run(thousand, 12, backend);
      int each = Math.min(1000, ids.size());
      print(
          what + ", by " + each,
          new Cost(cost.wall / each, cost.java / each, cost.postgres / each));
    }
  }

  /** Microseconds for each call. */
  private record Cost(double wall, double java, double postgres) {}

  private static Cost run(IntConsumer call, int calls, int backend) {
    var threads = ManagementFactory.getThreadMXBean();
    long wall = System.nanoTime();
    long java = threads.getCurrentThreadCpuTime();
    long postgres = processorTime(backend);
    for (int i = 0; i < calls; i++) {
      call.accept(i);
    }
    return new Cost(
        (System.nanoTime() - wall) / 1e3 / calls,
        (threads.getCurrentThreadCpuTime() - java) / 1e3 / calls,
        (processorTime(backend) - postgres) / 1e3 / calls);
  }

  /** Of a process on Linux, else 0. */
  private static long processorTime(int process) {
    try {
      return Long.parseLong(
          Files.readString(Path.of("/proc/" + process + "/schedstat")).split(" ")[0]);
    } catch (IOException noLinux) {
      return 0;
    }
  }

  private static void print(String what, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "%-40s %7.0f us, of which Java %5.0f, PostgreSQL %5.0f of processor time%n",
        what,
        cost.wall,
        cost.java,
        cost.postgres);
  }

  @Test
  void rows_writtenByTheThousand_cost() {
    var store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
    var header = "id,email,phone,country,region,program,relationship,tags,last_engagement_at\n";
    Map<String, Long> nanos = new HashMap<>();
    int batches = 20;
    for (int batch = 0; batch < batches; batch++) {
      var csv = new StringBuilder(header);
      var consents = new ArrayList<Row<AddressedConsent>>();
      var responses = new ArrayList<Row<Response>>();
      for (int i = 0; i < 1000; i++) {
        int n = batch * 1000 + i;
        String id = "w-" + n;
        csv.append(
            id
                + ",m"
                + n
                + "@example.com,+1212"
                + (5_550_000 + n)
                + ",US,NY,b2b_saas,lead,price;timing,2025-12-01\n");
        consents.add(
            new Row<>(
                "",
                id,
                i,
                new AddressedConsent(
                    new Consent(
                        Channel.EMAIL,
                        "express",
                        AS_OF,
                        "web_form",
                        true,
                        "page",
                        null,
                        true,
                        null),
                    "m" + n + "@example.com",
                    null)));
        responses.add(
            new Row<>("a-" + n, id, i, new Response(AS_OF, Channel.EMAIL, "click", "neutral")));
      }
      List<ContactRecord> contacts =
          List.copyOf(
              CrmRecords.read(CrmRecords.folder("contacts", csv.toString())).contacts.values());
      time(nanos, "contacts", () -> store.writeRecords(contacts));
      time(nanos, "contacts again", () -> store.writeRecords(contacts));
      time(
          nanos,
          "consents",
          () -> store.jdbi.useTransaction(h -> store.contacts.consents(h, consents)));
      time(
          nanos,
          "consents again",
          () -> store.jdbi.useTransaction(h -> store.contacts.consents(h, consents)));
      time(
          nanos,
          "responses",
          () -> store.jdbi.useTransaction(h -> store.contacts.responses(h, responses)));
      if (batch == 3) {
        nanos.clear();
      }
    }
    nanos.forEach(
        (kind, total) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %7.0f rows a second%n",
                kind,
                (batches - 4) * 1000 / (total / 1e9)));
    store.clear();
  }

  private static void time(Map<String, Long> nanos, String kind, Runnable write) {
    long start = System.nanoTime();
    write.run();
    nanos.merge(kind, System.nanoTime() - start, Long::sum);
  }

  private static final String MANY =
      """
      insert into person (id) select 'p-' || i from generate_series(1, 190000) i;
      insert into contact (id, content, program, business, language, subscriber_type, relationship,
          jurisdictions, time_zones, lead_source, status_at_last_touch, last_touch_channel,
          last_engagement_at, last_inquiry_at, tags, funnel, currency, lifetime_value,
          acquisition_cost, gross_margin_rate)
      select 'c-' || i, '\\x00', 'b2b_saas', 'b2b', 'en', 'individual', 'lead', '{US-FL}',
             '{America/New_York}', 'webinar', 'SQL', 'email', now() - interval '100 days',
             now() - interval '120 days', '{price,timing}', 'trial', 'USD', 4200.00, 600.00, 0.80
        from generate_series(1, 200000) i;
      insert into contact_person (contact_id, person_id)
      select 'c-' || i, 'p-' || case when i <= 190000 then i else i - 190000 end
        from generate_series(1, 200000) i;
      insert into contact_address (contact_id, channel, state)
      select 'c-' || i, v.channel, v.state
        from generate_series(1, 200000) i,
             (values ('email', 'valid'), ('sms', 'mobile'), ('phone', 'valid'),
                     ('paid_media', 'matchable')) v(channel, state);
      insert into consent (contact_id, channel, basis, captured_at, method, text_shown, source,
          proof_hash, notice_at_collection, content)
      select 'c-' || i, v.channel, v.basis, now() - interval '300 days', 'web_form', true,
             'pricing page', 'sha256:' || md5(i::text) || md5(i::text), true, '\\x00'
        from generate_series(1, 200000) i,
             (values ('email', 'express'), ('sms', 'express_written')) v(channel, basis);
      insert into suppression (contact_id, scope, reason, since, content)
      select 'c-' || i, 'sms', 'opt_out', now() - interval '30 days', '\\x00'
        from generate_series(1, 200000, 10) i;
      insert into response (contact_id, source_id, at, channel, kind, disposition)
      select 'c-' || i, 'a-' || k, now() - interval '30 days', 'email', 'click', 'neutral'
        from generate_series(1, 200000) i, generate_series(1, 2) k;
      insert into registry_answer (contact_id, registry, answer, checked_at, content)
      select 'c-' || i, 'us_dnc', 'not_listed', now() - interval '10 days', '\\x00'
        from generate_series(1, 200000) i;
      insert into subscription
      select 'c-' || i, 's-1', 'cancelled', now() - interval '100 days', 'price', 0
        from generate_series(1, 200000, 2) i;
      insert into purchase
      select 'c-' || i, 'o-' || k, now() - interval '200 days', 12.5, 'USD', false
        from generate_series(1, 200000, 3) i, generate_series(1, 3) k;
      insert into deal
      select 'c-' || i, 'd-1', 'proposal', 'lost', now() - interval '100 days', 'price', 12000
        from generate_series(1, 200000, 3) i;
      insert into touch (id, contact_id, sequence, step, channel, at, outcome)
      select 't-' || i || '-' || k, 'c-' || i, 'stalled', k, 'email', now() - interval '5 days',
             'delivered'
        from generate_series(1, 200000) i, generate_series(1, 2) k;
      insert into journey (contact_id, sequence, entered_at)
      select 'c-' || i, 'stalled', now() - interval '6 days' from generate_series(1, 200000) i;
      """;
}
