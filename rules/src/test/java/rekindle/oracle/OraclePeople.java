package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
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
  private static final List<String> HOMES =
      List.of(
          "US-FL", "US-TX", "US-CA", "US", "US-NY", "US-HI", "US-PA", "US-CT", "US-ME", "CA-ON",
          "GB", "AT", "DE", "FR", "AU-NSW", "BR-SP");
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

  /**
   * @param dormant whether a segment holds; most people are drawn again until one does
   */
  static OraclePeople of(long seed, Predicate<OraclePeople> dormant) {
    var random = new SplittableRandom(seed);
    var facts = RandomFacts.of(seed);
    if (random.nextInt(4) == 0) {
      return new OraclePeople(facts, asOf(facts, random));
    }
    OraclePeople person;
    int tries = 0;
    do {
      facts = eased(RandomFacts.of(seed + 1_000_000L * tries), random);
      person = new OraclePeople(facts, asOf(facts, random));
    } while (++tries < 6 && !dormant.test(person));
    return person;
  }

  /**
   * The instant around which the facts lie, any other, the edges of hours, or where a date turns.
   */
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
                .plusMonths(List.of(3, 6, 12, 18, 24, 36).get(random.nextInt(6)))
                .truncatedTo(ChronoUnit.DAYS)
                .plusHours(random.nextInt(12))
                .toInstant();
    return turn.plusMillis(random.nextInt(3) - 1);
  }

  private static List<Instant> dates(ContactFacts facts) {
    var life = facts.lifecycle();
    var dates = new ArrayList<@Nullable Instant>(List.of(RandomFacts.AS_OF));
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
    var touches = touches(facts, random);
    var journey = journey(facts, touches, random);
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
        touches,
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
        home ? List.of(HOMES.get(random.nextInt(HOMES.size()))) : all.jurisdictions(),
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
  private static @Nullable Journey journey(
      ContactFacts facts, List<Touch> touches, SplittableRandom random) {
    Journey all = facts.journey();
    if (touches.isEmpty() || random.nextInt(5) == 0) {
      return all;
    }
    Instant entered =
        touches.get(0).at().minusMillis(random.nextInt(2) * random.nextInt(90_000_000));
    Instant last = touches.get(touches.size() - 1).at();
    boolean over = random.nextInt(5) == 0;
    Instant paused = RandomFacts.AS_OF.plus(Duration.ofHours(random.nextInt(12_000) - 300));
    return new Journey(
        touches.get(0).sequence(),
        entered,
        random.nextInt(6) == 0 ? paused : null,
        over ? last.plus(Duration.ofHours(random.nextInt(1000))) : null,
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
                List.of("express_written", "express_written", "double_opt_in", "soft_opt_in")
                    .get(random.nextInt(4)),
                ago(random, 700),
                "web_form",
                true,
                null,
                null,
                random.nextBoolean(),
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

  /** Touches of a journey that fits, the last one lately, some of them failed several times. */
  private static List<Touch> touches(ContactFacts facts, SplittableRandom random) {
    var sequences = sequences(facts);
    if (sequences.isEmpty() || random.nextInt(5) == 0) {
      return random.nextBoolean() ? List.of() : facts.touches();
    }
    String sequence = sequences.get(random.nextInt(sequences.size()));
    var touches = new ArrayList<Touch>();
    Instant at = RandomFacts.AS_OF.minus(Duration.ofMinutes(random.nextInt(60 * 24 * 12)));
    for (int step = 1 + random.nextInt(1 + random.nextInt(4)); step > 0; step--) {
      int failures = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0;
      if (failures < 3) {
        String outcome = List.copyOf(Vocabularies.TOUCH_OUTCOME.codes()).get(random.nextInt(8));
        touches.add(touch(sequence, step, at, outcome, random));
        at = at.minus(Duration.ofMinutes(random.nextInt(60 * 40)));
      }
      for (int i = 0; i < failures; i++) {
        touches.add(
            touch(sequence, step, at, random.nextBoolean() ? "failed" : "not_sent", random));
        at = at.minus(Duration.ofMinutes(random.nextInt(60 * 40)));
      }
      at = at.minus(Duration.ofHours(24L * DAYS.get(random.nextInt(7)) + random.nextInt(50)));
    }
    Collections.reverse(touches);
    return touches;
  }

  /** Sequences that may be meant for the story. */
  private static List<String> sequences(ContactFacts facts) {
    var life = facts.lifecycle();
    if (life.subscription() != null) {
      return List.of("churned", "churned", "churned_trigger", "re_permission");
    } else if (life.orders() != null) {
      return List.of("lapsed", "lapsed", "lapsed", "re_permission");
    } else if (life.deal() != null) {
      return List.of("closed_lost", "stalled", "re_permission");
    } else if (life.meeting() != null) {
      return List.of("no_show", "no_show", "stalled");
    }
    return life.funnel() == null ? List.of() : List.of("standard_five", "early_drop_off");
  }

  private static Touch touch(
      String sequence, int step, Instant at, String outcome, SplittableRandom random) {
    var channel = random.nextInt(3) == 0 ? Channel.ALL.get(random.nextInt(6)) : Channel.EMAIL;
    return new Touch(null, sequence, step, channel, at, outcome);
  }
}
