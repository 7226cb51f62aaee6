package rekindle.rule;

import org.jspecify.annotations.Nullable;

/** A lent session. */
final class DroolsMatcher implements RuleMatcher {
  private final DroolsRules rules;
  private @Nullable DroolsSession session;

  DroolsMatcher(DroolsRules rules, DroolsSession session) {
    this.rules = rules;
    this.session = session;
  }

  @Override
  public void match(StageInput... inputs) {
    if (session == null) {
      throw new IllegalStateException("the matcher was given back");
    }
    session.match(inputs);
  }

  /** What is lent; null when given back. */
  @Nullable DroolsSession session() {
    return session;
  }

  @Override
  public void close() {
    DroolsSession lent = session;
    session = null;
    if (lent != null) {
      rules.giveBack(lent);
    }
  }
}
