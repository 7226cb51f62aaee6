package rekindle.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExternalServerTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Database open(String url, String user) {
    return Database.forService(
        new DatabaseLocation(DatabaseConfiguration.of(url, user, "secret"), Path.of("unused")),
        new MetricRegistry());
  }

  @Test
  void server_byUrl_isUsedWithTheTimeLimits() {
    try (Database database = open(DATABASE.url(), "postgres")) {
      assertThat(database.description())
          .startsWith("PostgreSQL 18")
          .contains("at jdbc:postgresql:");
      assertThat(setting(database, "statement_timeout")).isEqualTo("30s");
      assertThat(setting(database, "lock_timeout")).isEqualTo("5s");
      assertThat(setting(database, "idle_in_transaction_session_timeout")).isEqualTo("10s");
      assertThat(setting(database, "plan_cache_mode")).isEqualTo("force_generic_plan");
      assertThat(setting(database, "application_name")).isEqualTo("rekindle");
    }
  }

  private static String setting(Database database, String name) {
    return database.jdbi().withHandle(h -> h.createQuery("show " + name).mapTo(String.class).one());
  }

  @Test
  void failures_ofStatements_holdNeitherSqlNorValues() {
    try (Database database = open(DATABASE.url(), "postgres")) {
      assertThatThrownBy(
              () ->
                  database
                      .jdbi()
                      .useHandle(
                          h -> {
                            h.execute("insert into person (id) values (?)", "ada@example.com");
                            h.execute("insert into person (id) values (?)", "ada@example.com");
                          }))
          .satisfies(
              e -> assertThat(e.getMessage()).doesNotContain("ada@example.com", "insert into"));
    }
  }

  @Test
  void server_thatCannotBeUsed_isRefusedInAPlainSentence() {
    assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/x?password=p", "u"))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageStartingWith("The server cannot be reached")
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x as u")
        .hasMessageNotContaining("password=p");
    assertThatThrownBy(() -> open(DATABASE.url() + "_none", "postgres"))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageStartingWith("There is no such database");
    assertThatThrownBy(() -> open(DATABASE.url(), "nobody_known"))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageStartingWith("The server refuses the user or the password")
        .hasMessageNotContaining("secret");
  }

  @Test
  void user_withoutRights_isRefused() {
    DATABASE.jdbi().useHandle(h -> h.execute("create role guest_of_tests login"));
    try {
      assertThatThrownBy(() -> open(DATABASE.url(), "guest_of_tests"))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageStartingWith("The user may not make tables");
    } finally {
      DATABASE.jdbi().useHandle(h -> h.execute("drop role guest_of_tests"));
    }
  }
}
