package rekindle.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.facts.ContactFacts.Value;
import rekindle.facts.Vocabularies;

/**
 * Facts of made-up people around {@link #AS_OF}: every segment, journeys under way and over,
 * touches, consents good and bad, many places, things that are absent and things that lie ahead.
 * The same seed gives the same facts.
 */
public final class RandomFacts {
  /** The instant around which the dates lie; about one in twenty lies after it. */
  public static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");

  private static final List<String> REGISTRIES = List.copyOf(Vocabularies.LIST.codes());

  private final Draw draw;
  private final Instant asOf;

  private RandomFacts(Draw draw, Instant asOf) {
    this.draw = draw;
    this.asOf = asOf;
  }

  public static ContactFacts of(long seed) {
    return of(seed, AS_OF);
  }

  /** Facts whose dates lie around another instant. */
  public static ContactFacts of(long seed, Instant asOf) {
    return new RandomFacts(new Draw(seed), asOf).facts(seed);
  }

  private ContactFacts facts(long seed) {
    if (draw.chance(1, 50)) {
      return bare(seed);
    }
    var story = RandomStory.draw(draw, asOf);
    Journey journey = draw.chance(1, 2) ? journey(story.sequence()) : null;
    return new ContactFacts(
        contact(seed, story),
        reach(),
        story.lifecycle(),
        draw.chance(1, 5) ? ContactFacts.NO_VALUE : value(),
        history(),
        some(3, this::consent),
        draw.chance(1, 4) ? some(2, this::suppression) : List.of(),
        draw.chance(1, 3) ? ContactFacts.NO_REGISTRY : registry(),
        touches(journey),
        draw.chance(1, 2) ? some(3, this::response) : List.of(),
        draw.chance(1, 3) ? some(2, this::trigger) : List.of(),
        journey,
        draw.chance(1, 6)
            ? Map.of(draw.of(Channel.ALL), draw.code(Vocabularies.HEALTH))
            : Map.of());
  }

  private static ContactFacts bare(long seed) {
    return new ContactFacts(
        new Contact(
            "c-" + seed,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            List.of(),
            false,
            List.of()),
        Map.of(),
        ContactFacts.NO_LIFECYCLE,
        ContactFacts.NO_VALUE,
        ContactFacts.NO_HISTORY,
        List.of(),
        List.of(),
        ContactFacts.NO_REGISTRY,
        List.of(),
        List.of(),
        List.of(),
        null,
        Map.of());
  }

  private Contact contact(long seed, RandomStory story) {
    var places = RandomPlaces.draw(draw);
    return new Contact(
        "c-" + seed,
        draw.maybe("p-" + seed / 2),
        draw.chance(1, 3) ? "a-" + seed / 5 : null,
        draw.chance(1, 12) ? null : story.program(),
        draw.maybe(draw.code(Vocabularies.BUSINESS)),
        draw.maybe(draw.of("en", "en-GB", "de", "fr-CA", "pt-BR", "zh-Hant-TW", "tr")),
        draw.maybe(draw.code(Vocabularies.SUBSCRIBER_TYPE)),
        draw.chance(1, 12) ? null : story.relationship(),
        places.jurisdictions(),
        places.timeZones(),
        draw.maybe(draw.code(Vocabularies.SOURCE)),
        draw.maybe(draw.of("SQL", "MQL", "customer", "cold", "Qualified – März")),
        draw.maybe(draw.of(Channel.ALL).code()),
        story.lastEngagementAt(),
        draw.chance(1, 3) ? ago(400) : null,
        draw.chance(1, 5) ? Map.of(draw.of(Channel.ALL), ago(60)) : Map.of(),
        draw.chance(1, 15) ? List.of(draw.code(Vocabularies.SCOPE)) : List.of(),
        draw.chance(1, 15),
        some(2, () -> draw.code(Vocabularies.TAG)));
  }

  private Map<Channel, String> reach() {
    var reach = new EnumMap<Channel, String>(Channel.class);
    for (Channel channel : Channel.ALL) {
      if (draw.chance(4, 5)) {
        // The first code of each is the good one.
        var codes = List.copyOf(Vocabularies.reach(channel).codes());
        reach.put(channel, draw.chance(3, 4) ? codes.get(0) : draw.of(codes));
      }
    }
    return reach;
  }

  private Value value() {
    return new Value(
        draw.maybe(draw.of("USD", "USD", "EUR", "GBP", "CAD", "INR")),
        draw.maybe(draw.decimal(500_000)),
        draw.maybe(draw.decimal(90_000)),
        draw.maybe(BigDecimal.valueOf(draw.below(100), 2)));
  }

  private History history() {
    return new History(
        draw.chance(1, 4) ? some(3, () -> ago(900)) : List.of(),
        draw.chance(1, 25),
        draw.chance(1, 4) ? some(2, this::grantedIncentive) : List.of());
  }

  private GrantedIncentive grantedIncentive() {
    return new GrantedIncentive(
        draw.code(Vocabularies.INCENTIVE), ago(500), draw.maybe(draw.chance(1, 2)));
  }

  private Consent consent() {
    boolean proven = draw.chance(4, 5);
    return new Consent(
        draw.of(Channel.ALL),
        draw.code(Vocabularies.BASIS),
        proven ? ago(1200) : null,
        proven ? draw.code(Vocabularies.METHOD) : draw.maybe("web_form"),
        proven ? Boolean.TRUE : draw.maybe(false),
        draw.maybe("pricing page"),
        draw.maybe("sha256:" + "0123456789abcdef".repeat(4)),
        draw.maybe(draw.chance(1, 2)),
        draw.chance(1, 8) ? ago(300) : null);
  }

  private Suppression suppression() {
    Instant since = ago(400);
    return new Suppression(
        draw.code(Vocabularies.SCOPE),
        draw.code(Vocabularies.SUPPRESSION_REASON),
        since,
        draw.chance(1, 2) ? since.plus(Duration.ofDays(1 + draw.below(500))) : null);
  }

  private Registry registry() {
    return new Registry(
        some(3, () -> new ListAnswer(draw.of(REGISTRIES), draw.chance(1, 4), ago(45))),
        draw.chance(1, 2) ? new Reassigned(draw.code(Vocabularies.REASSIGNED), ago(45)) : null);
  }

  private Journey journey(String sequence) {
    Instant enteredAt = ago(120);
    boolean over = draw.chance(1, 3);
    return new Journey(
        sequence,
        enteredAt,
        draw.chance(1, 8) ? asOf.plus(Duration.ofHours(draw.below(400) - 100)) : null,
        over ? enteredAt.plus(Duration.ofHours(draw.below(1000))) : null,
        over ? draw.of("steps_done", "engaged", "segment_changed") : null);
  }

  /** Steps of the journey in their order, and now and then a touch of another sequence. */
  private List<Touch> touches(@Nullable Journey journey) {
    var touches = new ArrayList<Touch>();
    if (journey != null) {
      Instant at = journey.enteredAt();
      for (int step = 1, last = draw.below(4); step <= last; step++) {
        touches.add(touch(journey.sequence(), step, at));
        at = at.plus(Duration.ofHours(24 + draw.below(300)));
      }
    }
    if (draw.chance(1, 4)) {
      touches.add(touch(draw.code(Vocabularies.SEQUENCE), 1 + draw.below(4), ago(60)));
    }
    touches.sort(Comparator.comparing(Touch::at));
    return touches;
  }

  private Touch touch(String sequence, int step, Instant at) {
    return new Touch(
        draw.maybe("t-" + draw.below(100_000)),
        sequence,
        step,
        draw.of(Channel.ALL),
        at,
        draw.chance(2, 3) ? "delivered" : draw.code(Vocabularies.TOUCH_OUTCOME));
  }

  private Response response() {
    return new Response(
        ago(90),
        draw.maybe(draw.of(Channel.ALL)),
        draw.chance(1, 2) ? "open" : draw.code(Vocabularies.RESPONSE_KIND),
        draw.maybe(draw.code(Vocabularies.DISPOSITION)));
  }

  private Trigger trigger() {
    return new Trigger(
        draw.code(Vocabularies.TRIGGER_KIND),
        draw.maybe(draw.of("sso", "annual plan", "crm connector")),
        ago(60),
        draw.maybe(draw.chance(2, 3)));
  }

  private Instant ago(int days) {
    return draw.ago(asOf, days);
  }

  private <T> List<T> some(int most, Supplier<T> entry) {
    var entries = new ArrayList<T>();
    for (int i = draw.below(most + 1); i > 0; i--) {
      entries.add(entry.get());
    }
    return entries;
  }
}
