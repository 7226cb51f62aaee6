package rekindle.service.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.impact.ImpactReader;
import rekindle.service.database.TestDatabase;
import rekindle.service.impact.ImpactJob.State;
import rekindle.service.problem.ProblemException;

class ImpactRunTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final String EMAIL_ROW = "US-E-1";

  private static ImpactStage stage;

  /** The shipped policy without the row that allows e-mail in the United States. */
  private static String without;

  @BeforeAll
  static void open() {
    stage = new ImpactStage(DATABASE.jdbi());
    without = stage.draftWithout("eligibility", EMAIL_ROW);
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  private static JsonNode report(ImpactJob job) {
    return ImpactReader.document(Objects.requireNonNull(stage.find(job).report()));
  }

  private static List<String> kinds(JsonNode impact) {
    var kinds = new ArrayList<String>();
    for (JsonNode change : impact.path("changes")) {
      if (change.path("decisions").longValue() > 0) {
        kinds.add(change.path("kind").textValue());
      }
    }
    return kinds;
  }

  private static JsonNode line(JsonNode impact, String kind, String channel) {
    for (JsonNode change : impact.path("changes")) {
      for (JsonNode line : change.path("lines")) {
        if (change.path("kind").asText().equals(kind)
            && line.path("channel").asText().equals(channel)) {
          return line;
        }
      }
    }
    throw new AssertionError("no " + kind + " of " + channel + " in " + impact);
  }

  @Test
  void draftOfTheSameRelease_changesNothing() {
    stage.record(stage.shipped, 450);
    stage.contacts(3);
    ImpactJob job = stage.job(stage.shipped, stage.shipped, 30, 1000, true);
    assertThat(stage.run(job).run()).isTrue();
    for (String part : List.of("recorded", "population")) {
      JsonNode impact = report(job).path(part);
      assertThat(impact.path("unchanged").longValue()).isEqualTo(part.equals("recorded") ? 450 : 3);
      assertThat(impact.path("changed").longValue()).isZero();
      assertThat(impact.path("detailsOnly").longValue()).isZero();
    }
  }

  @Test
  void rowAdded_namesItAndShowsFirstWhoBecomesContactable() {
    stage.record(without, 450);
    stage.contacts(3);
    ImpactJob job = stage.job(stage.shipped, without, 30, 1000, true);
    assertThat(stage.run(job).run()).isTrue();
    JsonNode recorded = report(job).path("recorded");
    assertThat(recorded.path("decided").longValue()).isEqualTo(450);
    assertThat(recorded.path("changed").longValue()).isBetween(1L, 300L);
    assertThat(kinds(recorded)).startsWith("newly_contactable").contains("denial");
    JsonNode example = line(recorded, "newly_contactable", "email").path("examples").get(0);
    assertThat(example.path("decisionId").textValue()).isNotBlank();
    assertThat(example.path("before").get(0).path("code").textValue()).isEqualTo("consent_missing");
    assertThat(example.path("before").get(0).path("row").textValue())
        .startsWith("eligibility/Consent!");
    assertThat(example.path("after").findValuesAsText("rule")).contains(EMAIL_ROW);
    JsonNode population = report(job).path("population");
    assertThat(population.path("changed").longValue()).isEqualTo(3);
    assertThat(line(population, "newly_contactable", "email").path("count").longValue())
        .isEqualTo(3);
  }

  @Test
  void decisionsOfAThirdRelease_areComparedAsTheOtherOneDecides() {
    stage.record(stage.shipped, 300);
    ImpactJob job = stage.job(without, without, 30, 1000, false);
    assertThat(stage.run(job).run()).isTrue();
    assertThat(report(job).path("recorded").path("unchanged").longValue()).isEqualTo(300);
    assertThat(report(job).path("recorded").path("detailsOnly").longValue()).isZero();
    assertThat(report(job).path("population").isNull()).isTrue();
  }

  @Test
  void decisionsWhoseFactsAreErased_areSkipped() {
    stage.record(stage.shipped, 10);
    stage.jdbi.useTransaction(
        handle -> {
          handle.execute("set local rekindle.erasure = 'on'");
          handle.execute("update decision set facts = '' where contact_id = 'c-3'");
        });
    ImpactJob job = stage.job(stage.shipped, stage.shipped, 30, 1000, false);
    assertThat(stage.run(job).run()).isTrue();
    assertThat(report(job).path("recorded").path("skipped").longValue()).isEqualTo(1);
    assertThat(report(job).path("recorded").path("decided").longValue()).isEqualTo(9);
  }

  @Test
  void sample_ofMany_isTheSameEachTimeInWhateverThreads() {
    stage.record(stage.shipped, 2000);
    ImpactJob first = stage.job(without, stage.shipped, 30, 500, false);
    ImpactJob second = stage.job(without, stage.shipped, 30, 500, false);
    assertThat(stage.run(first).run()).isTrue();
    var threads = Executors.newFixedThreadPool(2);
    assertThat(new ImpactRun(second, stage.jobs, stage.engines, stage.jdbi, threads, 2).run())
        .isTrue();
    threads.shutdown();
    assertThat(report(first).path("available").longValue()).isEqualTo(2000);
    assertThat(stage.find(first).done()).isEqualTo(stage.find(first).total()).isBetween(400L, 600L);
    assertThat(stage.find(second).report()).isEqualTo(stage.find(first).report());
  }

  @Test
  void job_cancelledUnderWay_endsWithWhatItHasSoFar() throws Exception {
    stage.contacts(2000);
    ImpactJob job = stage.job(without, stage.shipped, 0, 1, true);
    var threads = Executors.newFixedThreadPool(2);
    var run = new ImpactRun(job, stage.jobs, stage.engines, stage.jdbi, threads, 2);
    CompletableFuture<Boolean> ran;
    try (Handle lock = stage.jdbi.open()) {
      lock.begin();
      lock.execute("lock table contact_address in access exclusive mode");
      ran = CompletableFuture.supplyAsync(run::run);
      while (stage.find(job).total() == 0) {
        Thread.onSpinWait();
      }
      ImpactJob cancelled =
          stage.jdbi.inTransaction(
              handle -> stage.jobs.cancel(handle, without, job.id(), "somebody"));
      assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
      while (!run.isStopped()) {
        Thread.onSpinWait();
      }
      lock.rollback();
    }
    assertThat(ran.get()).isFalse();
    threads.shutdown();
    stage.jobs.finish(job, State.DONE, null);
    ImpactJob ended = stage.find(job);
    assertThat(ended.state()).isEqualTo(State.CANCELLED);
    assertThat(ended.message()).isEqualTo("Cancelled by somebody.");
    assertThat(ended.total()).isEqualTo(2000);
    assertThat(ended.done()).isLessThan(2000);
    assertThat(ended.report()).isNotNull();
    assertThat(stage.events(job)).containsExactly("impact_started", "impact_cancelled");
  }

  @Test
  void job_whoseProcessDied_isShownAsInterrupted() {
    ImpactJob job = stage.job(without, stage.shipped, 1, 1, false);
    assertThat(stage.find(job).state()).isEqualTo(State.RUNNING);
    stage.jdbi.useHandle(
        handle ->
            handle.execute(
                "update impact_job set heartbeat_at = clock_timestamp() - interval '3 minutes'"
                    + " where id = ?",
                job.id()));
    assertThat(stage.find(job).state()).isEqualTo(State.INTERRUPTED);
    assertThat(stage.find(job).message()).contains("no more sign of life");
    assertThat(stage.jobs.latest(without, 10)).extracting(ImpactJob::id).containsExactly(job.id());
  }

  @Test
  void service_thatCloses_leavesAnInterruptedJob() {
    stage.contacts(2000);
    ImpactJob job = stage.job(without, stage.shipped, 0, 1, true);
    var runs = new ImpactRuns(stage.jdbi, stage.engines, stage.jobs);
    try (Handle lock = stage.jdbi.open()) {
      lock.begin();
      lock.execute("lock table contact_address in access exclusive mode");
      runs.reserve();
      runs.start(job);
      while (stage.find(job).total() == 0) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(runs::reserve)
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> {
                assertThat(refused.problem().status()).isEqualTo(503);
                assertThat(refused.problem().retryAfterSeconds()).isNotNull();
              });
      ImpactRun run = Objects.requireNonNull(runs.running());
      var closing = CompletableFuture.runAsync(runs::close);
      while (!run.isStopped()) {
        Thread.onSpinWait();
      }
      lock.rollback();
      closing.join();
    }
    assertThat(stage.find(job).state()).isEqualTo(State.INTERRUPTED);
    assertThat(stage.events(job)).containsExactly("impact_started", "impact_finished");
  }
}
