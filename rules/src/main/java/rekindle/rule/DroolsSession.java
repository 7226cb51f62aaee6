package rekindle.rule;

import java.util.Arrays;
import org.drools.core.common.DefaultFactHandle;
import org.drools.core.rule.consequence.InternalMatch;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.DirectFiringOption;
import org.kie.api.runtime.conf.ThreadSafeOption;
import org.kie.api.runtime.rule.FactHandle;

/**
 * One long-lived Drools session, empty between calls but for the last input of each rule, which
 * Drools keeps until the rule fires again. Confined to its borrower.
 *
 * <p>Each session has rules of its own: without locks, a rule keeps what it fires for in a field,
 * and sessions that share their rules then fire for each other's inputs.
 */
final class DroolsSession {
  private final KieSession session;
  private FactHandle[] handles = new FactHandle[8];
  private boolean failed;

  DroolsSession(GeneratedClasses classes) {
    KieServices services = KieServices.get();
    KieBaseConfiguration base = services.newKieBaseConfiguration(null, classes);
    // Rules of one pattern then need no agenda network, and inputs without hits are not kept.
    base.setOption(KieBaseMutabilityOption.DISABLED);
    KieSessionConfiguration configuration = services.newKieSessionConfiguration(null, classes);
    // No salience, so no queue sorted by it; confined to one thread, so no locks.
    configuration.setOption(DirectFiringOption.YES);
    configuration.setOption(ThreadSafeOption.NO);
    session =
        KieBaseBuilder.createKieBaseFromModel(classes.models(), base)
            .newKieSession(configuration, null);
  }

  void match(StageInput... inputs) {
    failed = true;
    if (handles.length < inputs.length) {
      handles = new FactHandle[inputs.length];
    }
    for (int i = 0; i < inputs.length; i++) {
      handles[i] = session.insert(inputs[i]);
    }
    session.fireAllRules();
    for (int i = 0; i < inputs.length; i++) {
      delete((DefaultFactHandle) handles[i]);
    }
    Arrays.fill(handles, 0, inputs.length, null);
    failed = false;
  }

  private void delete(DefaultFactHandle handle) {
    if (handle.isDisconnected()) {
      return; // no rule held, so the session has let go of it
    }
    // Direct firing forgets to mark what has fired, and a match without the mark is never freed.
    handle.forEachLeftTuple(tuple -> ((InternalMatch) tuple).setMatched(true));
    session.delete(handle);
  }

  /** Whether a call ended in an exception. */
  boolean failed() {
    return failed;
  }

  /** For looking into: how many objects it holds, and its rules. */
  KieSession session() {
    return session;
  }

  void dispose() {
    session.dispose();
  }
}
