package rekindle.engine;

import java.time.Instant;
import rekindle.calendar.LocalClock;
import rekindle.channel.ChannelStage;
import rekindle.decision.Decision;
import rekindle.eligibility.EligibilityStage;
import rekindle.experiment.HoldoutStage;
import rekindle.facts.ContactFacts;
import rekindle.facts.KnownFacts;
import rekindle.incentive.IncentiveStage;
import rekindle.policy.Release;
import rekindle.rule.CompiledRules;
import rekindle.rule.DroolsCompiler;
import rekindle.rule.RememberedHits;
import rekindle.rule.Rows;
import rekindle.rule.RulePlan;
import rekindle.segment.SegmentStage;
import rekindle.touch.TouchStage;

/**
 * Decides what to do next for one contact. Pure: the same facts, release and instant give the same
 * decision. Thread-safe; closed when no decision needs its release any more.
 */
public final class DecisionEngine implements AutoCloseable {
  private final Release release;
  private final CompiledRules rules;
  private final RememberedHits remembered = new RememberedHits();
  private final Stages stages;

  /** The stages in their order. */
  record Stages(
      SegmentStage segment,
      EligibilityStage eligibility,
      TouchStage touch,
      ChannelStage channel,
      IncentiveStage incentive,
      HoldoutStage holdout) {}

  /**
   * @param rules the release's rules, compiled; closed with the engine
   */
  public DecisionEngine(Release release, CompiledRules rules) {
    this.release = release;
    this.rules = rules;
    var touch = new TouchStage(release);
    this.stages =
        new Stages(
            new SegmentStage(release),
            new EligibilityStage(release),
            touch,
            new ChannelStage(release, touch.limits()),
            new IncentiveStage(release),
            new HoldoutStage(release));
  }

  /** Compiles a release; takes seconds, so never on a caller's path. */
  public static DecisionEngine of(Release release) {
    String name = release.id().replace(':', '-');
    return new DecisionEngine(release, DroolsCompiler.compile(RulePlan.of(release.tables()), name));
  }

  public Release release() {
    return release;
  }

  /** Decides for one contact at one instant, with a resolution of one millisecond. */
  public Decision decide(ContactFacts facts, Instant asOf) {
    Instant at = Instant.ofEpochMilli(asOf.toEpochMilli());
    ContactFacts known = KnownFacts.at(facts, at);
    var clock = new LocalClock(release.zones().distinct(release.zoneNames(known.contact())));
    try (var matcher = rules.matcher()) {
      var rows = new Rows(rules, matcher, remembered);
      var standing = stages.segment().standing(known, at, clock, rows);
      var eligibility = stages.eligibility().at(at, known, clock, standing.tier(), rows);
      return new Judgment(release.id(), stages, known, at, clock, rows, standing, eligibility)
          .decision();
    }
  }

  @Override
  public void close() {
    rules.close();
  }
}
