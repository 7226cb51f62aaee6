package rekindle.rule;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.kie.api.KieServices;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;
import rekindle.table.TypedTable;

/** Rules compiled by Drools, and the matchers that are lent out, the last used first. */
final class DroolsRules implements CompiledRules {
  private final RulePlan plan;
  private final KieContainer container;
  private final ReleaseId releaseId;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<DroolsSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  DroolsRules(RulePlan plan, KieContainer container, int matchers) {
    this.plan = plan;
    this.container = container;
    this.releaseId = container.getReleaseId();
    this.permits = new Semaphore(matchers);
    idle.push(new DroolsSession(container));
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
        throw new IllegalStateException(
            "the rules of " + releaseId.getArtifactId() + " are closed");
      }
      DroolsSession session = idle.poll();
      return new DroolsMatcher(this, session == null ? new DroolsSession(container) : session);
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  /** Takes a session back; one that failed is thrown away. */
  void giveBack(DroolsSession session) {
    if (session.failed()) {
      session.dispose();
    } else {
      idle.push(session);
    }
    permits.release();
    if (closed) {
      disposeIdle();
    }
  }

  @Override
  public void close() {
    closed = true;
    disposeIdle();
    container.dispose();
    KieServices.get().getRepository().removeKieModule(releaseId);
  }

  private void disposeIdle() {
    for (DroolsSession session = idle.poll(); session != null; session = idle.poll()) {
      session.dispose();
    }
  }
}
