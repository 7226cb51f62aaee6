package rekindle.rule;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import rekindle.table.TypedTable;

/** Rules compiled by Drools, and the sessions that are lent out, the last used first. */
final class DroolsRules implements CompiledRules {
  private final RulePlan plan;
  private final GeneratedClasses classes;
  private final int matchers;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<DroolsSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  DroolsRules(RulePlan plan, GeneratedClasses classes, int matchers) {
    this.plan = plan;
    this.classes = classes;
    this.matchers = matchers;
    this.permits = new Semaphore(matchers);
    for (int i = 0; i < matchers; i++) {
      idle.push(new DroolsSession(classes));
    }
  }

  @Override
  public Rule rule(int number) {
    return plan.rule(number);
  }

  @Override
  public Hit otherwise(TypedTable table) {
    return plan.otherwise(table);
  }

  @Override
  public RuleMatcher matcher() {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the rules are closed");
      }
      DroolsSession session = idle.poll();
      return new DroolsMatcher(this, session == null ? new DroolsSession(classes) : session);
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  /** Takes a session back; one that failed is thrown away, and made anew when needed. */
  void giveBack(DroolsSession session) {
    if (session.failed()) {
      session.dispose();
    } else {
      idle.push(session);
    }
    permits.release();
  }

  @Override
  public void close() {
    permits.acquireUninterruptibly(matchers);
    try {
      if (!closed) {
        closed = true;
        idle.forEach(DroolsSession::dispose);
        idle.clear();
      }
    } finally {
      permits.release(matchers);
    }
  }
}
