package rekindle.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.Touches;

/**
 * What the eligibility rows compare about one person at one instant: ages, counts, memberships,
 * never an answer. Confined to one thread.
 */
final class Person {
  private static final Set<String> EXPRESS = Set.of("express", "express_written", "double_opt_in");
  private static final Set<String> WRITTEN = Set.of("express_written");
  private static final Set<String> SIGNS_OF_LIFE =
      Set.of("click", "reply", "booking", "purchase", "login");

  /** The list that tells whether a number has passed to somebody else. */
  private static final String REASSIGNED = "reassigned";

  private final ContactFacts facts;
  private final Instant at;
  private final LocalClock clock;
  private final Standing standing;
  private final List<No> noes;
  private final RecentCounts counts;
  private final @Nullable Instant lastSignOfLifeAt;
  private final long silentMonths;
  private final long purchaseMonths;
  private final long inquiryMonths;
  private final Set<String> listedOn;
  private final boolean rePermissionAsked;
  private final @Nullable ChannelView[] views = new ChannelView[Channel.ALL.size()];

  /**
   * What comes from outside the facts.
   *
   * @param tier the value tier
   * @param zoneKnown whether a zone of the person's own is known, not only those of the place
   * @param zoneStale whether the release's data of a candidate zone cannot be trusted
   */
  record Standing(int tier, boolean zoneKnown, boolean zoneStale) {}

  Person(ContactFacts known, Instant at, LocalClock clock, Standing standing) {
    this.facts = known;
    this.at = at;
    this.clock = clock;
    this.standing = standing;
    List<No> said = No.of(known, at);
    this.noes = said.stream().filter(no -> !no.hasEndedAt(at)).toList();
    this.counts = new RecentCounts(known, said, at);
    this.lastSignOfLifeAt = lastSignOfLife(known);
    this.silentMonths = monthsSince(lastSignOfLifeAt);
    this.purchaseMonths = monthsSince(lastPurchaseAt());
    this.inquiryMonths = monthsSince(lastInquiryAt());
    this.listedOn = listedOn(known);
    this.rePermissionAsked = isRePermissionAsked(known);
  }

  Instant at() {
    return at;
  }

  ChannelView view(Channel channel) {
    ChannelView view = views[channel.ordinal()];
    if (view == null) {
      view = new ChannelView(channel, this);
      views[channel.ordinal()] = view;
    }
    return view;
  }

  List<No> noes() {
    return noes;
  }

  String reach(Channel channel) {
    String reach = facts.reach().get(channel);
    return reach == null ? "none" : reach.equals("unknown") ? "unknown_line" : reach;
  }

  String health(Channel channel) {
    return facts.channelHealth().getOrDefault(channel, "ok");
  }

  String openEscalation() {
    return yesNo(facts.history().openEscalation());
  }

  String privacyControl() {
    return yesNo(facts.contact().globalPrivacyControl());
  }

  String zoneData() {
    return standing.zoneStale() ? "stale" : "ok";
  }

  String zoneKnown() {
    return yesNo(standing.zoneKnown());
  }

  long tier() {
    return standing.tier();
  }

  @Nullable String program() {
    return facts.contact().program();
  }

  @Nullable String business() {
    return facts.contact().business();
  }

  /** Null also where the caller says that nobody knows. */
  @Nullable String subscriberType() {
    String type = facts.contact().subscriberType();
    return "unknown".equals(type) ? null : type;
  }

  @Nullable String relationship() {
    return facts.contact().relationship();
  }

  @Nullable String source() {
    return facts.contact().source();
  }

  String expressConsent(Channel channel) {
    if (facts.consents().isEmpty()) {
      return "none";
    }
    if (!consents(channel, WRITTEN, false).isEmpty()) {
      return "express_written";
    }
    return consents(channel, EXPRESS, false).isEmpty() ? "none" : "express";
  }

  /** Whole months since the latest express consent; unknown is {@link Long#MIN_VALUE}. */
  long consentMonths(Channel channel) {
    List<Instant> given = consents(channel, EXPRESS, false);
    return monthsSince(given.isEmpty() ? null : latest(given));
  }

  boolean hasExpressConsentAfter(Channel channel, Instant since) {
    for (Instant given : consents(channel, EXPRESS, false)) {
      if (given.isAfter(since)) {
        return true;
      }
    }
    return false;
  }

  /**
   * When the events happened that give a ground; each must be young enough by itself, one suffices.
   *
   * @param proof what must be kept of a consent; every one needs its complete proof
   */
  List<Instant> groundEvents(Channel channel, String ground, String proof) {
    boolean withNotice = proof.equals("with_notice");
    return switch (ground) {
      case "purchase" -> known(lastPurchaseAt());
      case "subscription" -> known(subscriptionAt());
      case "inquiry" -> known(lastInquiryAt());
      case "inbound" -> known(inboundAt(channel));
      case "express" -> consents(channel, EXPRESS, withNotice);
      case "ad_consents" -> adConsents(channel);
      default -> consents(channel, Set.of(ground), withNotice);
    };
  }

  @Nullable Instant lastPurchaseAt() {
    var orders = facts.lifecycle().orders();
    return orders == null ? null : orders.lastPurchaseAt();
  }

  /** When a paid subscription ended; the present while it runs. A trial is not paid. */
  private @Nullable Instant subscriptionAt() {
    var subscription = facts.lifecycle().subscription();
    String status = subscription == null ? null : subscription.status();
    if (subscription == null || status == null) {
      return null;
    }
    return switch (status) {
      case "active", "past_due", "paused" -> at;
      case "lapsed", "cancelled" -> subscription.endedAt();
      default -> null;
    };
  }

  @Nullable Instant lastInquiryAt() {
    return facts.contact().lastInquiryAt();
  }

  @Nullable Instant inboundAt(Channel channel) {
    return facts.contact().lastInboundAt().get(channel);
  }

  /** The latest known thing that the person did. */
  @Nullable Instant lastSignOfLifeAt() {
    return lastSignOfLifeAt;
  }

  private static @Nullable Instant lastSignOfLife(ContactFacts facts) {
    var orders = facts.lifecycle().orders();
    Instant last = later(facts.contact().lastEngagementAt(), facts.contact().lastInquiryAt());
    last = later(last, orders == null ? null : orders.lastPurchaseAt());
    last = later(last, facts.lifecycle().lastLoginAt());
    for (Instant inbound : facts.contact().lastInboundAt().values()) {
      last = later(last, inbound);
    }
    for (ContactFacts.Response response : facts.responses()) {
      if (SIGNS_OF_LIFE.contains(response.kind()) && !"automatic".equals(response.disposition())) {
        last = later(last, response.at());
      }
    }
    return last;
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  /** Whether the person was asked for permission again: once ever. */
  String rePermissionAsked() {
    return yesNo(rePermissionAsked);
  }

  private static boolean isRePermissionAsked(ContactFacts facts) {
    for (Touch touch : facts.touches()) {
      if (touch.sequence().equals("re_permission") && Touches.countsForCaps(touch)) {
        return true;
      }
    }
    return false;
  }

  long silentMonths() {
    return silentMonths;
  }

  long silentMs() {
    return lastSignOfLifeAt == null ? Long.MIN_VALUE : ageMs(lastSignOfLifeAt);
  }

  long purchaseMonths() {
    return purchaseMonths;
  }

  long inquiryMonths() {
    return inquiryMonths;
  }

  Set<String> listedOn() {
    return listedOn;
  }

  private static Set<String> listedOn(ContactFacts facts) {
    if (facts.registry().lists().isEmpty()) {
      return Set.of();
    }
    return facts.registry().lists().stream()
        .filter(ContactFacts.ListAnswer::listed)
        .map(ContactFacts.ListAnswer::name)
        .collect(Collectors.toSet());
  }

  /** The answer of a list; null where it was never asked. */
  @Nullable String answer(String list) {
    var reassigned = facts.registry().reassigned();
    if (list.equals(REASSIGNED)) {
      return reassigned == null ? null : reassigned.answer();
    }
    if (listedOn.contains(list)) {
      return "listed";
    }
    return checkedAt(list) == null ? null : "not_listed";
  }

  /** Whether the list was asked longer ago than the span, or never; any span is always exceeded. */
  boolean answerIsOlder(String list, long olderThanMs) {
    if (olderThanMs == EligibilityConstraints.ANY) {
      return true;
    }
    Instant checkedAt = checkedAt(list);
    return checkedAt == null || ageMs(checkedAt) > olderThanMs;
  }

  long ageMs(Instant event) {
    return at.toEpochMilli() - event.toEpochMilli();
  }

  /** Whole months since an event; unknown is {@link Long#MIN_VALUE}. */
  private long monthsSince(@Nullable Instant event) {
    return event == null ? Long.MIN_VALUE : clock.monthsSince(event, at);
  }

  boolean isWithin(Instant event, long months) {
    return months == EligibilityConstraints.ANY || clock.monthsSince(event, at) < months;
  }

  /** How often the person was touched, and said no, lately. */
  RecentCounts counts() {
    return counts;
  }

  /** When the list was asked, of several answers the oldest; null where it never was. */
  private @Nullable Instant checkedAt(String list) {
    var reassigned = facts.registry().reassigned();
    if (list.equals(REASSIGNED)) {
      return reassigned == null ? null : reassigned.checkedAt();
    }
    Instant oldest = null;
    for (ContactFacts.ListAnswer answer : facts.registry().lists()) {
      if (answer.name().equals(list) && (oldest == null || answer.checkedAt().isBefore(oldest))) {
        oldest = answer.checkedAt();
      }
    }
    return oldest;
  }

  private List<Instant> adConsents(Channel channel) {
    var data = consents(channel, Set.of("ad_user_data"), false);
    var personalization = consents(channel, Set.of("ad_personalization"), false);
    if (data.isEmpty() || personalization.isEmpty()) {
      return List.of();
    }
    Instant given = latest(data);
    Instant alsoGiven = latest(personalization);
    return List.of(given.isBefore(alsoGiven) ? given : alsoGiven);
  }

  private static Instant latest(List<Instant> instants) {
    return instants.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * When the standing consents of one of the bases were given; one without its proof counts as
   * absent.
   *
   * @param withNotice only those at which a chance to object was offered
   */
  private List<Instant> consents(Channel channel, Set<String> bases, boolean withNotice) {
    if (facts.consents().isEmpty()) {
      return List.of();
    }
    var given = new ArrayList<Instant>();
    for (Consent consent : facts.consents()) {
      Instant capturedAt = consent.capturedAt();
      if (consent.channel() == channel
          && bases.contains(consent.basis())
          && capturedAt != null
          && consent.method() != null
          && Boolean.TRUE.equals(consent.textShown())
          && (!withNotice || Boolean.TRUE.equals(consent.noticeAtCollection()))
          && (consent.withdrawnAt() == null || consent.withdrawnAt().isAfter(at))) {
        given.add(capturedAt);
      }
    }
    return given;
  }

  private static List<Instant> known(@Nullable Instant instant) {
    return instant == null ? List.of() : List.of(instant);
  }

  private static String yesNo(boolean yes) {
    return yes ? "yes" : "no";
  }
}
