package rekindle.rule;

import org.drools.core.common.InternalFactHandle;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.DirectFiringOption;
import org.kie.api.runtime.conf.ThreadSafeOption;
import org.kie.api.runtime.rule.FactHandle;

/** One long-lived Drools session, empty between calls. Confined to its borrower. */
final class DroolsSession {
  private final KieSession session;
  private FactHandle[] handles = new FactHandle[8];
  private boolean failed;

  DroolsSession(KieContainer container) {
    KieServices services = KieServices.get();
    KieBaseConfiguration base = services.newKieBaseConfiguration();
    base.setOption(KieBaseMutabilityOption.DISABLED);
    KieBase kieBase = container.newKieBase(base);
    KieSessionConfiguration configuration = services.newKieSessionConfiguration();
    configuration.setOption(DirectFiringOption.YES);
    configuration.setOption(ThreadSafeOption.NO);
    session = kieBase.newKieSession(configuration, null);
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
      if (!((InternalFactHandle) handles[i]).isDisconnected()) { // else no rule held
        session.delete(handles[i]);
      }
    }
    failed = false;
  }

  /** Whether a call ended in an exception. */
  boolean failed() {
    return failed;
  }

  void dispose() {
    session.dispose();
  }
}
