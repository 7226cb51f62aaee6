package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.Vocabularies;
import rekindle.testing.RandomFacts;

/**
 * Made-up people for whom the later rules matter too: from many of them most obstacles are taken
 * away, their journeys fit their stories, and the instant lies where something turns.
 */
record OraclePeople(ContactFacts facts, Instant asOf) {
  private static final List<String> US = List.of("US-FL", "US-TX", "US-CA", "US", "US-NY", "US-HI");
  private static final List<List<String>> ZONES =
      List.of(
          List.of("America/New_York"),
          List.of("America/Chicago", "America/New_York"),
          List.of("Pacific/Honolulu", "America/New_York"),
          List.of("America/Los_Angeles"),
          List.of("Asia/Kolkata", "America/Los_Angeles"),
          List.of());
  private static final List<Integer> DAYS =
      List.of(0, 1, 2, 4, 7, 10, 14, 30, 31, 45, 60, 75, 90, 180, 365);

  static OraclePeople of(long seed) {
    var random = new SplittableRandom(seed);
    var facts = RandomFacts.of(seed);
    if (random.nextInt(3) > 0) {
      facts = eased(facts, random);
    }
    return new OraclePeople(facts, asOf(facts, random));
  }

  /** The instant around which the facts lie, any other, the edges of hours, or where a date turns. */
  private static Instant asOf(ContactFacts facts, SplittableRandom random) {
    Instant around = RandomFacts.AS_OF;
    return switch (random.nextInt(6)) {
      case 0 -> around;
      case 1 -> around.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 300) - 60 * 24 * 150));
      case 2 -> around.plusMillis(random.nextLong(86_400_000L * 40) - 86_400_000L * 20);
      case 3 ->
          around
              .truncatedTo(ChronoUnit.DAYS)
              .plus(Duration.ofHours(random.nextInt(24 * 20) - 240))
              .plus(Duration.ofSeconds(random.nextInt(2400) - 1500));
      default -> turn(facts, random);
    };
  }

  private static Instant turn(ContactFacts facts, SplittableRandom random) {
    var dates = dates(facts);
    if (dates.isEmpty()) {
      return RandomFacts.AS_OF;
    }
    Instant date = dates.get(random.nextInt(dates.size()));
    Instant turn =
        random.nextInt(5) > 0
            ? date.plus(Duration.ofDays(DAYS.get(random.nextInt(DAYS.size()))))
            : date.atOffset(ZoneOffset.UTC)
                .plusMonths(List.of(3, 18, 24).get(random.nextInt(3)))
                .truncatedTo(ChronoUnit.DAYS)
                .plusHours(random.nextInt(12))
                .toInstant();
    return turn.plusMillis(random.nextInt(3) - 1);
  }

  private static List<Instant> dates(ContactFacts facts) {
    var life = facts.lifecycle();
    var dates =
        new ArrayList<@Nullable Instant>(
            List.of(RandomFacts.AS_OF));
    dates.add(facts.contact().lastEngagementAt());
    dates.add(facts.contact().lastInquiryAt());
    dates.add(life.lastLoginAt());
    dates.add(life.subscription() == null ? null : life.subscription().endedAt());
    dates.add(life.orders() == null ? null : life.orders().lastPurchaseAt());
    dates.add(life.deal() == null ? null : life.deal().closedAt());
    dates.add(life.meeting() == null ? null : life.meeting().scheduledFor());
    var journey = facts.journey();
    if (journey != null) {
      dates.add(journey.enteredAt());
      dates.add(journey.endedAt());
      dates.add(journey.pausedUntil());
    }
    facts.touches().forEach(touch -> dates.add(touch.at()));
    facts.triggers().forEach(trigger -> dates.add(trigger.at()));
    facts.consents().forEach(consent -> dates.add(consent.capturedAt()));
    facts.suppressions().forEach(no -> dates.add(no.until()));
    facts.registry().lists().forEach(answer -> dates.add(answer.checkedAt()));
    facts.contact().lastInboundAt().values().forEach(dates::add);
    return dates.stream().filter(Objects::nonNull).toList();
  }

  private static ContactFacts eased(ContactFacts facts, SplittableRandom random) {
    var reach = new EnumMap<Channel, String>(Channel.class);
    for (Channel channel : Channel.ALL) {
      if (random.nextInt(8) > 0) {
        reach.put(channel, List.copyOf(Vocabularies.reach(channel).codes()).get(0));
      }
    }
    var journey = journey(facts, random);
    return new ContactFacts(
        contact(facts.contact(), random),
        random.nextInt(4) > 0 ? reach : facts.reach(),
        facts.lifecycle(),
        facts.value(),
        random.nextInt(4) > 0
            ? new ContactFacts.History(
                facts.history().winBackAt(), false, facts.history().incentives())
            : facts.history(),
        consents(facts, random),
        random.nextInt(6) > 0 ? List.of() : facts.suppressions(),
        random.nextInt(4) > 0 ? registry(random) : facts.registry(),
        touches(facts, journey, random),
        random.nextInt(4) > 0
            ? facts.responses().stream().filter(one -> one.kind().equals("open")).toList()
            : facts.responses(),
        facts.triggers(),
        journey,
        random.nextInt(8) > 0 ? Map.of() : facts.channelHealth());
  }

  private static Contact contact(Contact all, SplittableRandom random) {
    boolean home = random.nextInt(4) > 0;
    return new Contact(
        all.id(),
        all.personId(),
        all.accountId(),
        all.program(),
        all.business(),
        all.language(),
        all.subscriberType(),
        all.relationship(),
        home ? List.of(US.get(random.nextInt(US.size()))) : all.jurisdictions(),
        home ? ZONES.get(random.nextInt(ZONES.size())) : all.timeZones(),
        random.nextInt(4) > 0 ? "webinar" : all.source(),
        all.statusAtLastTouch(),
        all.lastTouchChannel(),
        all.lastEngagementAt(),
        all.lastInquiryAt(),
        all.lastInboundAt(),
        random.nextInt(8) > 0 ? List.of() : all.doNotContactScope(),
        random.nextInt(8) == 0,
        all.tags());
  }

  /** A journey of a sequence that could serve them, if one is there. */
  private static @Nullable Journey journey(ContactFacts facts, SplittableRandom random) {
    Journey all = facts.journey();
    if (all == null || random.nextInt(3) == 0) {
      return all;
    }
    Instant entered = ago(random, 60);
    boolean over = random.nextInt(3) == 0;
    return new Journey(
        all.sequence(),
        entered,
        random.nextInt(5) == 0 ? RandomFacts.AS_OF.plus(Duration.ofHours(random.nextInt(20_000) - 300)) : null,
        over ? entered.plus(Duration.ofHours(random.nextInt(1000))) : null,
        over ? "steps_done" : null);
  }

  private static Instant ago(SplittableRandom random, int days) {
    return RandomFacts.AS_OF.minusMillis(random.nextLong(days * 86_400_000L));
  }

  private static List<Consent> consents(ContactFacts facts, SplittableRandom random) {
    var consents = new ArrayList<>(facts.consents());
    for (Channel channel : Channel.ALL) {
      if (random.nextInt(3) > 0) {
        consents.add(
            new Consent(
                channel,
                random.nextInt(3) > 0 ? "express_written" : "double_opt_in",
                ago(random, 700),
                "web_form",
                true,
                null,
                null,
                null,
                null));
      }
    }
    return consents;
  }

  private static Registry registry(SplittableRandom random) {
    return new Registry(
        List.of(new ListAnswer("us_dnc", random.nextInt(8) == 0, ago(random, 33))),
        new Reassigned("no", ago(random, 33)));
  }

  /** Touches of the journey, some of them failed several times. */
  private static List<Touch> touches(
      ContactFacts facts, @Nullable Journey journey, SplittableRandom random) {
    if (journey == null || random.nextInt(4) == 0) {
      return random.nextBoolean() ? List.of() : facts.touches();
    }
    var touches = new ArrayList<Touch>();
    Instant at = journey.enteredAt();
    int last = random.nextInt(5);
    for (int step = 1; step <= last; step++) {
      int tries = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0;
      for (int i = 0; i < tries; i++) {
        touches.add(touch(journey, step, at, random.nextBoolean() ? "failed" : "not_sent", random));
        at = at.plus(Duration.ofHours(random.nextInt(40)));
      }
      if (tries < 3) {
        String outcome = List.copyOf(Vocabularies.TOUCH_OUTCOME.codes()).get(random.nextInt(8));
        touches.add(touch(journey, step, at, outcome, random));
      }
      at = at.plus(Duration.ofHours(24 + random.nextInt(200)));
    }
    return touches;
  }

  private static Touch touch(
      Journey journey, int step, Instant at, String outcome, SplittableRandom random) {
    return new Touch(
        null, journey.sequence(), step, Channel.ALL.get(random.nextInt(6)), at, outcome);
  }
}
