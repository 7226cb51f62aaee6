package rekindle.service.optout;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.decide.Engines;
import rekindle.service.intake.ContactIntake;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.Unanswered;
import rekindle.service.store.Unanswered.Question;
import rekindle.touch.RePermission;

/**
 * Ends e-mail to people who were asked for permission again and did not answer in the time that the
 * active release gives them. A consent that they give later begins it again. Thread-safe.
 */
public final class Silence {
  private static final int BATCH = 100;
  private static final String SOURCE = "re_permission";

  private final Jdbi jdbi;
  private final Engines engines;
  private final OptOuts optOuts;
  private final InstantSource clock;

  public Silence(Jdbi jdbi, Engines engines, OptOuts optOuts, InstantSource clock) {
    this.jdbi = jdbi;
    this.engines = engines;
    this.optOuts = optOuts;
    this.clock = clock;
  }

  /**
   * Ends e-mail to everybody whose time is over, some in each transaction, under their locks.
   *
   * @return how many questions stay without an answer by that
   */
  public int end() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    @Nullable RePermission term = term(now);
    if (term == null) {
      return 0;
    }
    int all = 0;
    List<Question> some;
    do {
      some = jdbi.withHandle(handle -> unanswered(handle, term, now));
      all += end(some, term, now);
    } while (some.size() == BATCH);
    return all;
  }

  private @Nullable RePermission term(Instant now) {
    try (Engines.Lease lease = engines.lease(null)) {
      return RePermission.of(lease.engine().release(), now).orElse(null);
    }
  }

  private static List<Question> unanswered(Handle handle, RePermission term, Instant now) {
    return Unanswered.before(handle, now.minus(term.within()), term.answers(), BATCH);
  }

  private int end(List<Question> asked, RePermission term, Instant now) {
    if (asked.isEmpty()) {
      return 0;
    }
    return ContactIntake.patiently(
        () ->
            jdbi.inTransaction(
                handle -> {
                  PersonLocks.lock(handle, asked.stream().map(Question::contactId).toList());
                  // An answer may have come before the lock did.
                  List<Question> silent =
                      Unanswered.still(handle, asked, now.minus(term.within()), term.answers());
                  optOuts.obey(
                      handle, silent.stream().map(question -> no(question, term, now)).toList());
                  Unanswered.endJourneys(
                      handle, silent.stream().map(Question::contactId).toList(), now);
                  return silent.size();
                }));
  }

  private static OptOut no(Question question, RePermission term, Instant now) {
    return new OptOut(
        question.contactId(),
        Channel.EMAIL,
        List.of(Channel.EMAIL.code()),
        Unanswered.REASON,
        false,
        SOURCE,
        question.touchId(),
        term.row().reference(),
        term.row().rule(),
        now,
        null);
  }
}
