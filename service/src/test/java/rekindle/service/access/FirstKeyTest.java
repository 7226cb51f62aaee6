package rekindle.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import rekindle.service.access.RateLimits.Limits;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;
import rekindle.service.ids.TimeOrderedIds;

class FirstKeyTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final List<String> terminal = new ArrayList<>();
  private Jdbi jdbi = Jdbi.create("");
  private ApiKeys keys = new ApiKeys(jdbi);
  private Clients clients = new Clients(keys, new TimeOrderedIds(InstantSource.system()));

  @BeforeEach
  void emptyTables() {
    jdbi = DATABASE.jdbi();
    Partitions.extend(jdbi);
    jdbi.useHandle(
        handle -> {
          handle.execute("delete from api_key");
          handle.execute("delete from api_client");
        });
    keys = new ApiKeys(jdbi);
    clients = new Clients(keys, new TimeOrderedIds(InstantSource.system()));
  }

  private Caller admit(String authorization) {
    var limits = new RateLimits(new Limits(0, 1, 0));
    return new Admission(keys, limits, new KeyUses(jdbi, InstantSource.system()))
        .admit(authorization, "192.0.2.7");
  }

  @Test
  void firstStart_withoutAKey_makesOneAndShowsItOnce() {
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    var logger = (Logger) LoggerFactory.getLogger(FirstKey.class);
    logger.setLevel(Level.INFO);
    logger.addAppender(logged);
    FirstKey.ensure(jdbi, clients, null, terminal::add);
    FirstKey.ensure(jdbi, clients, null, terminal::add);
    logger.detachAppender(logged);
    logger.setLevel(null);

    assertThat(terminal).hasSize(1);
    String key = terminal.get(0).substring(terminal.get(0).indexOf("rk_"));
    assertThat(key).matches("rk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}");
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .isNotEmpty()
        .noneMatch(message -> message.contains(key));
    Caller caller = admit("Bearer " + key);
    assertThat(caller.client()).isEqualTo("admin");
    assertThat(caller.roles()).isEqualTo(Role.CODES.codes());
    assertThat(jdbi.withHandle(handle -> clients.get(handle, "admin")).keys()).hasSize(1);
  }

  @Test
  void firstStart_withAKey_takesItAndShowsNothing() {
    FirstKey.ensure(jdbi, clients, "sixteen-letters!", terminal::add);
    assertThat(admit("bearer sixteen-letters!").client()).isEqualTo("admin");
    assertThat(terminal).isEmpty();
  }

  @Test
  void firstStart_withABadKey_isRefused() {
    for (String bad : List.of("fifteen-letters", "with a blank inside", "ümlaute-are-not-ascii")) {
      assertThatThrownBy(() -> FirstKey.ensure(jdbi, clients, bad, terminal::add))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining(bad);
    }
  }

  @Test
  void firstStart_ofTwoProcesses_makesOneKey() throws Exception {
    var barrier = new CyclicBarrier(2);
    var pool = Executors.newFixedThreadPool(2);
    var shown = new ArrayList<String>();
    try {
      var starts = new ArrayList<Future<?>>();
      for (int i = 0; i < 2; i++) {
        starts.add(
            pool.submit(
                () -> {
                  barrier.await();
                  FirstKey.ensure(
                      DATABASE.jdbi(),
                      clients,
                      null,
                      line -> {
                        synchronized (shown) {
                          shown.add(line);
                        }
                      });
                  return null;
                }));
      }
      for (Future<?> start : starts) {
        start.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(shown).hasSize(1);
  }
}
