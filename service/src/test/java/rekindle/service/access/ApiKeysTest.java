package rekindle.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.access.RateLimits.Limits;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.problem.ProblemException;

class ApiKeysTest {
  private static final String ADDRESS = "192.0.2.7";
  private static final Instant NOW = Instant.parse("2026-03-10T15:00:00Z");

  private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final AtomicLong nanos = new AtomicLong();
  private Jdbi jdbi = Jdbi.create("");
  private ApiKeys keys = new ApiKeys(jdbi);
  private Clients clients = new Clients(keys, IDS);
  private KeyUses uses = new KeyUses(jdbi, () -> NOW);

  @BeforeEach
  void emptyTables() {
    jdbi = DATABASE.jdbi();
    Partitions.extend(jdbi);
    jdbi.useHandle(
        handle -> {
          handle.execute("delete from api_key");
          handle.execute("delete from api_client");
        });
    keys = new ApiKeys(jdbi, nanos::get);
    clients = new Clients(keys, IDS);
    uses = new KeyUses(jdbi, () -> NOW);
  }

  private Admission admission(Limits limits) {
    return new Admission(keys, new RateLimits(limits, new Nanos(nanos)), uses);
  }

  private Admission admission() {
    return admission(new Limits(0, 1, 0));
  }

  /** The clock of the buckets. */
  private record Nanos(AtomicLong now) implements io.github.bucket4j.TimeMeter {
    @Override
    public long currentTimeNanos() {
      return now.get();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private NewKey newKey(String client, Role... roles) {
    return jdbi.inTransaction(
        handle -> {
          clients.create(handle, "tests", client, client, Set.of(roles));
          return clients.issue(handle, "tests", client);
        });
  }

  private Client client(String name) {
    return jdbi.withHandle(handle -> clients.get(handle, name));
  }

  private static void assertRefused(String type, Runnable what) {
    assertThatThrownBy(what::run).isInstanceOf(ProblemException.class).hasMessage(type);
  }

  @Test
  void key_isStoredAsItsHashAlone() {
    NewKey key = newKey("c", Role.SENDER);
    String rows =
        jdbi.withHandle(
            handle ->
                handle.createQuery("select k::text from api_key k").mapTo(String.class).one());
    assertThat(rows).contains(key.id()).doesNotContain(key.text());
    assertThat(key.toString()).doesNotContain(key.text());
  }

  @Test
  void key_revokedHere_failsAtOnce() {
    newKey("admin", Role.ADMIN);
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission();
    admission.admit("Bearer " + key.text(), ADDRESS);
    jdbi.useTransaction(handle -> clients.revoke(handle, "tests", "c", key.id()));
    assertRefused("unauthenticated", () -> admission.admit("Bearer " + key.text(), ADDRESS));
  }

  @Test
  void key_revokedElsewhere_failsWithinAMinute() {
    newKey("admin", Role.ADMIN);
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission();
    admission.admit("Bearer " + key.text(), ADDRESS);
    var elsewhere = new Clients(new ApiKeys(jdbi), IDS);
    jdbi.useTransaction(handle -> elsewhere.revoke(handle, "tests", "c", key.id()));

    pass(Duration.ofSeconds(59));
    admission.admit("Bearer " + key.text(), ADDRESS);
    pass(Duration.ofSeconds(2));
    assertRefused("unauthenticated", () -> admission.admit("Bearer " + key.text(), ADDRESS));
  }

  @Test
  void key_thatIsRemembered_needsNoDatabase() {
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission();
    admission.admit("Bearer " + key.text(), ADDRESS);
    jdbi.useHandle(handle -> handle.execute("alter table api_key rename to gone"));
    try {
      assertThat(admission.admit("Bearer " + key.text(), ADDRESS).client()).isEqualTo("c");
    } finally {
      jdbi.useHandle(handle -> handle.execute("alter table gone rename to api_key"));
    }
  }

  @Test
  void roles_changed_countAtOnce() {
    newKey("admin", Role.ADMIN);
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission();
    admission.admit("Bearer " + key.text(), ADDRESS);
    jdbi.useTransaction(handle -> clients.changeRoles(handle, "tests", "c", Set.of(Role.AUDITOR)));
    assertThat(admission.admit("Bearer " + key.text(), ADDRESS).roles()).containsExactly("auditor");
  }

  @Test
  void client_disabled_failsUntilItIsEnabled() {
    newKey("admin", Role.ADMIN);
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission();
    jdbi.useTransaction(handle -> clients.disable(handle, "tests", "c"));
    assertRefused("unauthenticated", () -> admission.admit("Bearer " + key.text(), ADDRESS));
    jdbi.useTransaction(handle -> clients.enable(handle, "tests", "c"));
    assertThat(admission.admit("Bearer " + key.text(), ADDRESS).client()).isEqualTo("c");
  }

  @Test
  void client_hasTwoActiveKeysAtMost() {
    newKey("admin", Role.ADMIN);
    NewKey first = newKey("c", Role.SENDER);
    jdbi.useTransaction(handle -> clients.issue(handle, "tests", "c"));
    assertRefused(
        "too_many_keys", () -> jdbi.useTransaction(handle -> clients.issue(handle, "tests", "c")));
    jdbi.useTransaction(handle -> clients.revoke(handle, "tests", "c", first.id()));
    jdbi.useTransaction(handle -> clients.issue(handle, "tests", "c"));
    assertThat(client("c").keys()).hasSize(3);
  }

  @Test
  void lastAdminKey_canBeTakenAwayInNoWay() {
    NewKey admin = newKey("admin", Role.ADMIN);
    newKey("c", Role.SENDER);
    assertRefused(
        "last_admin_key",
        () -> jdbi.useTransaction(handle -> clients.revoke(handle, "tests", "admin", admin.id())));
    assertRefused(
        "last_admin_key",
        () -> jdbi.useTransaction(handle -> clients.disable(handle, "tests", "admin")));
    assertRefused(
        "last_admin_key",
        () ->
            jdbi.useTransaction(
                handle -> clients.changeRoles(handle, "tests", "admin", Set.of(Role.SENDER))));
    assertThat(admission().admit("Bearer " + admin.text(), ADDRESS).roles())
        .containsExactly("admin");

    newKey("second", Role.ADMIN);
    jdbi.useTransaction(handle -> clients.revoke(handle, "tests", "admin", admin.id()));
    assertThat(client("admin").keys().get(0).revokedAt()).isNotNull();
  }

  @Test
  void clientOrKey_unknown_isNotFound() {
    newKey("admin", Role.ADMIN);
    assertRefused("not_found", () -> jdbi.useTransaction(h -> clients.issue(h, "tests", "none")));
    assertRefused(
        "not_found", () -> jdbi.useTransaction(h -> clients.revoke(h, "tests", "admin", "x")));
    assertRefused("not_found", () -> jdbi.useTransaction(h -> clients.disable(h, "tests", "none")));
    assertRefused("client_exists", () -> newKey("admin", Role.ADMIN));
  }

  @Test
  void lastUse_isWrittenLater() {
    NewKey key = newKey("c", Role.SENDER);
    admission().admit("Bearer " + key.text(), ADDRESS);
    assertThat(client("c").keys().get(0).lastUsedAt()).isNull();
    uses.write();
    assertThat(client("c").keys().get(0).lastUsedAt()).isEqualTo(NOW);
    // A process whose clock is behind does not turn it back.
    new KeyUses(jdbi, () -> NOW.minusSeconds(60)).note(key.id());
    uses.write();
    assertThat(client("c").keys().get(0).lastUsedAt()).isEqualTo(NOW);
  }

  @Test
  void requests_beyondTheBurst_waitForTheRate() {
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission(new Limits(2, 3, 0));
    for (int i = 0; i < 3; i++) {
      admission.admit("Bearer " + key.text(), ADDRESS);
    }
    assertThatThrownBy(() -> admission.admit("Bearer " + key.text(), ADDRESS))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().retryAfterSeconds()).isEqualTo(1));
    pass(Duration.ofMillis(500));
    admission.admit("Bearer " + key.text(), ADDRESS);
    assertRefused("rate_limited", () -> admission.admit("Bearer " + key.text(), ADDRESS));
  }

  @Test
  void unknownKeys_fromOneAddress_areLimitedAndKnownOnesNot() {
    NewKey key = newKey("c", Role.SENDER);
    NewKey late = newKey("d", Role.SENDER);
    Admission admission = admission(new Limits(0, 1, 2));
    admission.admit("Bearer " + key.text(), ADDRESS);
    for (int i = 0; i < 2; i++) {
      assertRefused("unauthenticated", () -> admission.admit("Bearer wrong", ADDRESS));
    }
    assertRefused("rate_limited", () -> admission.admit("Bearer wrong", ADDRESS));
    assertRefused("rate_limited", () -> admission.admit("Bearer " + late.text(), ADDRESS));
    jdbi.useTransaction(
        handle -> clients.create(handle, "tests", "other", "other", Set.of(Role.SENDER)));
    assertThat(keys.remembered(key.hash())).isNull();
    admission.admit("Bearer " + key.text(), ADDRESS);
    assertRefused("unauthenticated", () -> admission.admit("Bearer wrong", "192.0.2.8"));
    pass(Duration.ofMinutes(1));
    admission.admit("Bearer " + late.text(), ADDRESS);
  }

  @Test
  void knownKey_onceRevoked_isLimitedLikeAnyOther() {
    newKey("admin", Role.ADMIN);
    NewKey key = newKey("c", Role.SENDER);
    Admission admission = admission(new Limits(0, 1, 1));
    admission.admit("Bearer " + key.text(), ADDRESS);
    jdbi.useTransaction(handle -> clients.revoke(handle, "tests", "c", key.id()));
    assertRefused("unauthenticated", () -> admission.admit("Bearer " + key.text(), ADDRESS));
    assertRefused("unauthenticated", () -> admission.admit("Bearer " + key.text(), ADDRESS));
    assertRefused("rate_limited", () -> admission.admit("Bearer " + key.text(), ADDRESS));
  }

  @Test
  void change_made_isAnEventOfTheAuditLog() {
    var key = newKey("audited", Role.SENDER);
    newKey("admin", Role.ADMIN);
    jdbi.useTransaction(
        handle -> {
          clients.changeRoles(handle, "boss", "audited", Set.of(Role.AUDITOR, Role.SENDER));
          clients.disable(handle, "boss", "audited");
          clients.enable(handle, "boss", "audited");
          clients.revoke(handle, "boss", "audited", key.id());
        });
    List<String> events =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select convert_from(body, 'UTF8') from audit_event
                         where kind = 'access_changed' order by id
                        """)
                    .mapTo(String.class)
                    .filter(body -> body.contains("\"client\":\"audited\""))
                    .list());
    assertThat(events)
        .hasSize(6)
        .allSatisfy(event -> assertThat(event).doesNotContain(key.text()))
        .satisfiesExactly(
            made -> assertThat(made).contains("client_created", "\"actor\":\"tests\""),
            issued -> assertThat(issued).contains("key_issued", "\"key\":\"" + key.id() + "\""),
            roles -> assertThat(roles).contains("roles_changed", "[\"auditor\",\"sender\"]"),
            off -> assertThat(off).contains("client_disabled", "\"actor\":\"boss\""),
            on -> assertThat(on).contains("client_enabled"),
            revoked -> assertThat(revoked).contains("key_revoked"));
  }

  @Test
  void change_refused_isNone() {
    newKey("admin", Role.ADMIN);
    long before = events();
    assertRefused(
        "last_admin_key",
        () -> jdbi.useTransaction(handle -> clients.disable(handle, "tests", "admin")));
    assertThat(events()).isEqualTo(before);
  }

  private long events() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from audit_event").mapTo(Long.class).one());
  }

  @Test
  void unknownKeys_fromOneIpv6Network_areLimitedTogether() {
    Admission admission = admission(new Limits(0, 1, 1));
    assertRefused("unauthenticated", () -> admission.admit("Bearer x", "2001:db8::1"));
    assertRefused("rate_limited", () -> admission.admit("Bearer x", "2001:db8:0:0:9::2"));
    assertRefused("unauthenticated", () -> admission.admit("Bearer x", "2001:db8:0:1::1"));
  }
}
