package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;

class NotificationStoreTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void turn_isFoundByAnIndex_inItsOrder() {
    List<String> plan =
        DATABASE
            .jdbi()
            .withHandle(
                handle -> {
                  handle.execute(
                      """
                      insert into notification (id, endpoint, kind, body)
                      select gen_random_uuid(), 'team', 'task.created', '' from generate_series(1, 20000)
                      """);
                  handle.execute("analyze notification");
                  return handle
                      .createQuery("explain " + NotificationStore.TAKE)
                      .bind("endpoint", "team")
                      .bind("most", 100)
                      .mapTo(String.class)
                      .list();
                });
    assertThat(String.join("\n", plan))
        .containsPattern("LockRows[^\n]*\n[^\n]*Index Scan using notification_turn");
  }
}
