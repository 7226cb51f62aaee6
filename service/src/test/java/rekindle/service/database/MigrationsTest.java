package rekindle.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void migrate_again_changesNothing() {
    Migrations.migrate(DATABASE.dataSource());

    long applied =
        DATABASE
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("select count(*) from flyway_schema_history")
                        .mapTo(Long.class)
                        .one());
    assertThat(applied).isPositive();
  }

  @Test
  void ledger_changed_isRefused() {
    Jdbi jdbi = DATABASE.jdbi();
    jdbi.useHandle(
        h ->
            h.execute(
                "insert into release (id, manifest, engine, zones) values ('r', 'm', 'e', 'z')"));

    assertThatThrownBy(() -> jdbi.useHandle(h -> h.execute("update release set engine = 'x'")))
        .hasMessageContaining("release is append-only: UPDATE is refused");
    assertThatThrownBy(() -> jdbi.useHandle(h -> h.execute("delete from release")))
        .hasMessageContaining("release is append-only: DELETE is refused");
    assertThatThrownBy(() -> jdbi.useHandle(h -> h.execute("truncate release cascade")))
        .hasMessageContaining("append-only: TRUNCATE is refused");
  }
}
