package rekindle.service;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.decide.BatchRunner;
import rekindle.service.decide.Decider;
import rekindle.service.decide.DecisionLog;
import rekindle.service.decide.Engines;
import rekindle.service.decide.FirstRelease;
import rekindle.service.decide.Replay;
import rekindle.service.decide.Simulator;
import rekindle.service.event.EventIntake;
import rekindle.service.handoff.Addresses;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.MailPlatform;
import rekindle.service.handoff.MailedNotifications;
import rekindle.service.handoff.NotificationMailer;
import rekindle.service.handoff.Platform;
import rekindle.service.handoff.Platforms;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.impact.ImpactJobs;
import rekindle.service.impact.ImpactRuns;
import rekindle.service.impact.ShadowCounts;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportJobs;
import rekindle.service.message.MailSender;
import rekindle.service.message.Messages;
import rekindle.service.message.Preflight;
import rekindle.service.message.ReleaseDemands;
import rekindle.service.message.Sender;
import rekindle.service.message.TouchMessages;
import rekindle.service.optout.OptOutRules;
import rekindle.service.optout.OptOuts;
import rekindle.service.optout.Preferences;
import rekindle.service.optout.ReleaseOptOutRules;
import rekindle.service.optout.ReplyReviews;
import rekindle.service.optout.Silence;
import rekindle.service.optout.UnsubscribeLinks;
import rekindle.service.people.People;
import rekindle.service.policy.Activations;
import rekindle.service.policy.ActivePolicy;
import rekindle.service.policy.Approvals;
import rekindle.service.policy.Drafts;
import rekindle.service.policy.PolicyEvents;
import rekindle.service.policy.PolicyWatch;
import rekindle.service.policy.Trials;
import rekindle.service.schedule.Composer;
import rekindle.service.schedule.FollowUps;
import rekindle.service.schedule.Outcomes;
import rekindle.service.schedule.Schedule;
import rekindle.service.schedule.Tasks;
import rekindle.service.schedule.Triggers;
import rekindle.service.store.ContactContent;
import rekindle.service.store.ContactReader;
import rekindle.service.store.ContactStore;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.Identities;
import rekindle.service.store.PersonStore;
import rekindle.service.store.PreferenceStore;
import rekindle.service.store.ReleaseStore;
import rekindle.service.store.ReplyStore;
import rekindle.service.store.RevocationWriter;
import rekindle.service.store.StoredFactsReader;
import rekindle.service.store.TaskStore;
import rekindle.service.store.TouchAddress;

/**
 * The parts of the service on one database, put together by hand: whatever works without HTTP.
 * Closed before its database.
 */
final class Service implements AutoCloseable {
  private static final int BATCHES_MAX = 8;

  final Jdbi jdbi;
  final Clock clock;
  final TimeOrderedIds ids;
  final Identities identities;
  final IdempotencyKeys idempotency = new IdempotencyKeys();
  final ContactStore contacts;
  final StoredFactsReader people;
  final ReleaseStore releases;
  final ImportJobs importJobs;
  final Import imports;
  final ActivePolicy policy;
  final Engines engines;
  final PolicyEvents policyEvents;
  final Activations activations;
  final PolicyWatch policyWatch;
  final Drafts drafts;
  final Approvals approvals;
  final Trials trials;
  final DecisionLog log;
  final ShadowCounts shadows;
  final Decider decider;
  final OptOutRules optOutRules;
  final UnsubscribeLinks links;
  final EventIntake events;
  final Preferences preferences;
  final ReplyReviews reviews;
  final People persons;
  final BatchRunner batches;
  final Replay replay;
  final Simulator simulator;
  final ImpactJobs impactJobs;
  final ImpactRuns impacts;
  final Silence silence;
  final Schedule schedule;
  final Outcomes outcomes;
  final Triggers triggers;
  final Tasks tasks;
  final ContactContent contents;
  final TouchMessages messages;
  final Preflight preflight;

  /**
   * @param workbooks become the first release where the store has none
   */
  Service(
      RekindleConfiguration configuration, Jdbi jdbi, Clock clock, Map<String, byte[]> workbooks) {
    this.jdbi = jdbi;
    this.clock = clock;
    ids = new TimeOrderedIds(clock);
    identities = Identities.open(jdbi, configuration.identityKeys());
    contacts = new ContactStore(identities, ids::next);
    people = new StoredFactsReader(jdbi);
    releases = new ReleaseStore(jdbi);
    importJobs = new ImportJobs(jdbi);
    imports = new Import(jdbi, contacts, importJobs, ids);
    FirstRelease.ensure(releases, workbooks);
    policy = new ActivePolicy(jdbi);
    engines = new Engines(releases, policy);
    policyEvents = new PolicyEvents(ids);
    activations = new Activations(policyEvents);
    policyWatch = new PolicyWatch(jdbi, policy, engines, activations, policyEvents);
    policyWatch.start();
    drafts = new Drafts(jdbi, releases, policyEvents, clock);
    approvals = new Approvals(policyEvents);
    trials = new Trials(policyEvents, ids);
    log = new DecisionLog(jdbi, idempotency);
    shadows = new ShadowCounts(jdbi, engines, policy);
    links = new UnsubscribeLinks(identities, configuration.publicPages().baseUrl());
    decider = new Decider(people, engines, log, jdbi, idempotency, ids, clock, shadows, links);
    optOutRules = new ReleaseOptOutRules(engines);
    var optOuts = new OptOuts(contacts, new RevocationWriter(identities), optOutRules, ids);
    var preferenceStore = new PreferenceStore(identities);
    events = new EventIntake(jdbi, identities, contacts, optOuts, optOutRules, ids, clock);
    events.start();
    preferences =
        new Preferences(jdbi, contacts, preferenceStore, optOuts, optOutRules, ids, clock);
    reviews = new ReplyReviews(new ReplyStore(identities), preferenceStore, contacts, ids, clock);
    persons =
        new People(
            new ContactReader(identities), new PersonStore(identities), contacts, ids, clock);
    batches = new BatchRunner(BATCHES_MAX);
    replay = new Replay(new DecisionStore(jdbi), engines);
    simulator = new Simulator(people, engines, clock);
    impactJobs = new ImpactJobs(jdbi, ids);
    impacts = new ImpactRuns(jdbi, engines, impactJobs);
    contents = new ContactContent(identities);
    var sender = Sender.of(configuration.publicPages().brand(), configuration.messages());
    preflight = new Preflight(sender, new ReleaseDemands(engines));
    messages = new TouchMessages(new Messages(sender), preflight);
    var composer = new Composer(messages, contents, links);
    HandOverConfiguration ways = configuration.handOver();
    silence = new Silence(jdbi, engines, optOuts, clock);
    schedule =
        new Schedule(
            configuration.schedule(),
            ways,
            platforms(configuration),
            new Schedule.Parts(
                jdbi, engines, shadows, links, composer, events, silence, ids, clock));
    outcomes = new Outcomes(ways, ids, clock);
    triggers = new Triggers(jdbi, contacts);
    tasks =
        new Tasks(
            new TaskStore(identities),
            schedule.confirmations(),
            new FollowUps(engines, clock),
            composer,
            outcomes,
            events,
            clock);
  }

  private Platforms platforms(RekindleConfiguration configuration) {
    var addresses = new TouchAddress(identities);
    Addresses where =
        touch -> jdbi.withHandle(handle -> addresses.of(handle, List.of(touch)).get(touch));
    HandOverConfiguration ways = configuration.handOver();
    List<Platform> mail =
        ways.isMailed()
            ? List.of(new MailPlatform(new MailSender(configuration.mail(), clock), where))
            : List.of();
    return new Platforms(ways, mail, mailers(configuration), where, clock);
  }

  private List<NotificationMailer> mailers(RekindleConfiguration configuration) {
    MailedNotifications mailed = configuration.handOver().mailed();
    String from = mailed.from().isBlank() ? configuration.mail().from() : mailed.from();
    String baseUrl = configuration.publicPages().baseUrl();
    return mailed.to().stream()
        .map(
            to ->
                new NotificationMailer(
                    new MailSender(configuration.mail(), clock), from, to, baseUrl))
        .toList();
  }

  /** Ends what is under way: first who asks, then what is written, then what decides. */
  @Override
  public void close() {
    schedule.close();
    impacts.close();
    events.close();
    batches.close();
    people.close();
    log.close();
    shadows.close();
    policyWatch.close();
    engines.close();
  }
}
