package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.service.database.TestDatabase;
import rekindle.service.store.Wakes.Swept;

/** Many are woken some at a time, and nobody is left out. */
class WakesOfManyTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @BeforeAll
  static void people() {
    DATABASE
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into person (id) select 'p-' || n from generate_series(1, 5) n");
              handle.execute(
                  "insert into contact (id, content) select 'c-' || n, '\\x' from generate_series(1, 4) n");
              handle.execute(
                  "insert into contact_person (contact_id, person_id)"
                      + " select 'c-' || n, 'p-' || n from generate_series(1, 4) n");
            });
  }

  @BeforeEach
  void noLooks() {
    DATABASE.jdbi().useHandle(handle -> handle.execute("delete from next_look"));
  }

  private static List<String> persons(String sql) {
    return DATABASE.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Test
  void sweep_givesALookToEverybodyWithAContact_someAtATime() {
    var swept = new ArrayList<Swept>();
    String after = "";
    while (after != null) {
      String from = after;
      Swept some = DATABASE.jdbi().inTransaction(handle -> Wakes.sweep(handle, from, 2));
      swept.add(some);
      after = some.last();
    }
    assertThat(swept).containsExactly(new Swept(2, "p-2"), new Swept(2, "p-4"), new Swept(0, null));
    assertThat(persons("select person_id from next_look order by 1"))
        .containsExactly("p-1", "p-2", "p-3", "p-4");
  }

  @Test
  void heldBack_areWokenSomeAtATime_eachOnce_andTheSwitchIsDone() {
    DATABASE
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into next_look (person_id, due_at, reasons)
                  select 'p-' || n, now() + interval '1 day', case when n = 2 then '{}' else '{step_due,stopped}' end::text[]
                    from generate_series(1, 4) n
                  """);
              handle.execute(
                  """
                  insert into stop (id, kind, name, reason, client, lifted_at)
                  values (gen_random_uuid(), 'channel', 'sms', 'r', 'c', now())
                  """);
            });
    int rounds = 0;
    while (DATABASE.jdbi().inTransaction(handle -> Stops.wakeHeldBack(handle, 2))) {
      rounds++;
    }
    assertThat(rounds).isEqualTo(2);
    assertThat(
            persons(
                "select person_id || ' ' || wakes from next_look where due_at <= now() order by 1"))
        .containsExactly("p-1 1", "p-3 1", "p-4 1");
    assertThat(persons("select woken_to from stop where woken_at is not null"))
        .containsExactly((String) null);
  }

  /** Many people, of whom the first few are done: the rest is not gone through for the next few. */
  @ParameterizedTest
  @MethodSource("statements")
  void some_areFoundByAnIndex(String sql, String index) {
    String plan =
        DATABASE
            .jdbi()
            .withHandle(
                handle -> {
                  handle.begin();
                  handle.execute(
                      "insert into person (id) select 'q-' || n from generate_series(1, 50000) n");
                  handle.execute(
                      """
                      insert into next_look (person_id, due_at, reasons)
                      select 'q-' || n, now(), '{step_due,stopped}' from generate_series(1, 50000) n
                      """);
                  handle.execute("analyze person");
                  handle.execute("analyze next_look");
                  List<String> lines =
                      handle
                          .createQuery("explain " + sql)
                          .bind("after", "q-3")
                          .bind("most", 100)
                          .mapTo(String.class)
                          .list();
                  handle.rollback();
                  return String.join("\n", lines);
                });
    assertThat(plan)
        .containsPattern("Index (Only )?Scan using " + index)
        .doesNotContain("Seq Scan on person");
  }

  static List<Arguments> statements() {
    return List.of(
        Arguments.of(Wakes.SWEEP, "person_pkey"),
        Arguments.of(Wakes.WAKE_STOPPED, "next_look_stopped"));
  }
}
