package rekindle.release;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import rekindle.calendar.CalendarTables;
import rekindle.code.Jurisdictions;
import rekindle.code.Vocabulary;
import rekindle.eligibility.EligibilityTables;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.Vocabularies;
import rekindle.policy.Release;
import rekindle.release.OptOut.When;
import rekindle.table.Cell;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.touch.CadenceTables;

/**
 * Made-up people to whom everything is permitted: every consent on every channel, every address,
 * clean lists, high value. Between them they stand before every step of a release and live in every
 * place that it names, as leads and customers, businesses and consumers; each has two records.
 */
final class SimulatedPeople {
  private static final List<String> RELATIONSHIPS = orUnknown(Vocabularies.RELATIONSHIP);
  private static final List<String> BUSINESSES = orUnknown(Vocabularies.BUSINESS);
  private static final List<String> SUBSCRIBERS = orUnknown(Vocabularies.SUBSCRIBER_TYPE);
  private static final List<String> PROGRAMS = List.copyOf(Vocabularies.PROGRAM.codes());

  private static final Duration CONSENTED_BEFORE = Duration.ofDays(2);

  /** Stands for what is not known, and for a person of whom no place is known. */
  private static final String UNKNOWN = "";

  private final Release release;
  private final Instant asOf;
  private final List<TypedRow> steps;
  private int drawn;

  /**
   * One record of a person.
   *
   * @param words the step that comes next, the place and the kind of record
   * @param facts by when the person opts out: every consent was given before
   */
  record Person(String words, Function<When, ContactFacts> facts, Instant asOf) {}

  private SimulatedPeople(Release release, Instant asOf) {
    this.release = release;
    this.asOf = asOf;
    this.steps = release.table(CadenceTables.STEPS).rows();
  }

  /** One for each step and relationship, in the places that the eligibility tables name. */
  static List<Person> beforeEachStep(Release release, Instant asOf) {
    var people = new SimulatedPeople(release, asOf);
    List<String> places = people.places(EligibilityTables.ALL);
    var all = new ArrayList<Person>();
    for (TypedRow step : people.steps) {
      for (String relationship : RELATIONSHIPS) {
        all.addAll(people.records(step, relationship, of(places, people.drawn)));
      }
    }
    return all;
  }

  /** One in each place that an eligibility table names, before one step or another. */
  static List<Person> inEachNamedPlace(Release release, Instant asOf) {
    var people = new SimulatedPeople(release, asOf);
    return people.in(people.places(EligibilityTables.ALL));
  }

  /** One in each of the other places of the release. */
  static List<Person> inEveryOtherPlace(Release release, Instant asOf) {
    var people = new SimulatedPeople(release, asOf);
    var places = new ArrayList<>(people.places(List.of(CalendarTables.ZONES)));
    places.removeAll(people.places(EligibilityTables.ALL));
    return people.in(places);
  }

  private List<Person> in(List<String> places) {
    var all = new ArrayList<Person>();
    for (String place : steps.isEmpty() ? List.<String>of() : places) {
      all.addAll(records(of(steps, drawn), of(RELATIONSHIPS, drawn), place));
    }
    return all;
  }

  /** Groups are left out: their members are places. */
  private List<String> places(List<TableDefinition> definitions) {
    Set<String> places = new TreeSet<>();
    places.add(UNKNOWN);
    for (TableDefinition definition : definitions) {
      for (TypedRow row : release.table(definition).rows()) {
        if (row.cells().get("where") instanceof Cell.Codes codes) {
          codes.values().stream().filter(Jurisdictions::isKnown).forEach(places::add);
        }
      }
    }
    return List.copyOf(places);
  }

  /** Two records of one person: the same journey and consents, another program and relationship. */
  private List<Person> records(TypedRow step, String relationship, String place) {
    int number = drawn++;
    String sequence = step.code("sequence").orElse("re_permission");
    String program = program(step, number);
    String words =
        "step "
            + step.number("step").map(BigDecimal::toPlainString).orElse("1")
            + " of "
            + sequence
            + " ("
            + step.id()
            + "), "
            + (place.isEmpty() ? "in no known place" : "in " + place);
    var lines = new ArrayList<String>();
    put(lines, "contact.personId", "p-" + number);
    put(lines, "contact.program", program);
    put(lines, "contact.relationship", relationship);
    put(lines, "contact.business", of(BUSINESSES, number / RELATIONSHIPS.size()));
    put(lines, "contact.subscriberType", of(SUBSCRIBERS, number));
    put(lines, "contact.jurisdictions", place);
    situation(lines, segment(sequence), days(step));
    journey(lines, step, sequence);
    permissions(lines);
    ContactFacts facts = ScenarioFacts.read("c-" + number, String.join("\n", lines));
    ContactFacts other = with(facts, otherRecord(facts.contact(), number), List.of());
    return List.of(
        person(words + ", " + kind(facts), facts),
        person(words + ", on another record of theirs: " + kind(other), other));
  }

  private Person person(String words, ContactFacts facts) {
    return new Person(
        words,
        when -> with(facts, facts.contact(), consents(when.before(asOf).minus(CONSENTED_BEFORE))),
        asOf);
  }

  private static String kind(ContactFacts facts) {
    Contact contact = facts.contact();
    return "program "
        + Objects.requireNonNullElse(contact.program(), "not known")
        + ", relationship "
        + Objects.requireNonNullElse(contact.relationship(), "not known");
  }

  /** One of the programs for which the row has the step. */
  private static String program(TypedRow step, int number) {
    if (step.cell("program") instanceof Cell.Codes codes && !codes.negated()) {
      return codes.values().isEmpty() ? UNKNOWN : of(codes.values(), number);
    }
    if (step.cell("program") instanceof Cell.Unknown) {
      return UNKNOWN;
    }
    return PROGRAMS.stream()
        .skip(number % PROGRAMS.size())
        .filter(p -> !(step.cell("program") instanceof Cell.Codes codes) || codes.matches(p))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** A segment that the sequence serves. */
  private String segment(String sequence) {
    return release.table(CadenceTables.SEQUENCES).rows().stream()
        .filter(row -> row.code("sequence").orElse("").equals(sequence))
        .flatMap(row -> row.codes("segment").stream())
        .findFirst()
        .orElse("");
  }

  /** Where the person stood before the journey began, so that the shipped segments hold. */
  private void situation(List<String> lines, String segment, long begun) {
    put(lines, "contact.lastEngagementAt", ago(begun + 60));
    put(lines, "contact.lastInquiryAt", ago(begun + 60));
    put(lines, "value.currency", "USD");
    put(lines, "value.lifetimeValue", "5000.00");
    switch (segment) {
      case "churned" -> {
        put(lines, "lifecycle.subscription.status", "cancelled");
        put(lines, "lifecycle.subscription.endedAt", ago(begun + 40));
        put(lines, "lifecycle.subscription.usageLast30Days", "0");
      }
      case "lapsed" -> put(lines, "lifecycle.orders.lastPurchaseAt", ago(begun + 65));
      case "no_show" -> {
        put(lines, "lifecycle.meeting.status", "no_show");
        put(lines, "lifecycle.meeting.scheduledFor", ago(begun + 5));
      }
      case "early_drop_off" -> put(lines, "lifecycle.funnel", "webinar");
      default -> {
        boolean lost = segment.equals("closed_lost");
        put(lines, "lifecycle.deal.stage", "proposal");
        put(lines, "lifecycle.deal.outcome", lost ? "lost" : "open");
        put(lines, "lifecycle.deal.closedAt", lost ? ago(begun + 40) : "");
        put(lines, "lifecycle.deal.quotedPrice", "20000.00");
        put(lines, "lifecycle.funnel", "trial");
      }
    }
  }

  /** A journey that has come so far that the step is due now. */
  private void journey(List<String> lines, TypedRow step, String sequence) {
    long due = days(step);
    put(lines, "journey", sequence + " " + ago(due));
    put(lines, "triggers[0]", "feature_release " + ago(due) + " matches");
    int taken = 0;
    for (TypedRow earlier : steps) {
      if (earlier.code("sequence").orElse("").equals(sequence)
          && earlier.cell("program").equals(step.cell("program"))
          && days(earlier) < due) {
        String channel = earlier.codes("channels").get(0);
        String number = earlier.number("step").orElseThrow().toPlainString();
        String at = ago(due - days(earlier));
        put(lines, "touches[" + taken + "]", sequence + " " + number + " " + channel + " " + at);
        taken++;
      }
    }
  }

  private void permissions(List<String> lines) {
    for (Channel channel : Channel.ALL) {
      // The first code of each is the good one.
      String good = Vocabularies.reach(channel).codes().iterator().next();
      put(lines, "reach." + channel.code(), good);
      put(lines, "contact.lastInboundAt." + channel.code(), ago(1));
    }
    int list = 0;
    for (String name : lists()) {
      put(lines, "registry.lists[" + list + "]", name + " not_listed " + ago(0));
      list++;
    }
    put(lines, "registry.reassigned", "no " + ago(0));
  }

  private Set<String> lists() {
    Set<String> names = new TreeSet<>();
    for (TypedRow row : release.table(EligibilityTables.REGISTRIES).rows()) {
      names.addAll(row.codes("list"));
    }
    return names;
  }

  /** Every consent on every channel, with all its proof. */
  private static List<Consent> consents(Instant given) {
    var consents = new ArrayList<Consent>();
    for (Channel channel : Channel.ALL) {
      for (String basis : Vocabularies.BASIS.codes()) {
        consents.add(new Consent(channel, basis, given, "web_form", true, null, null, true, null));
      }
    }
    return consents;
  }

  private static Contact otherRecord(Contact contact, int number) {
    return new Contact(
        contact.id() + "-2",
        contact.personId(),
        contact.accountId(),
        of(PROGRAMS, number + 1),
        of(List.copyOf(Vocabularies.BUSINESS.codes()), number),
        contact.language(),
        contact.subscriberType(),
        of(List.copyOf(Vocabularies.RELATIONSHIP.codes()), number / 2),
        contact.jurisdictions(),
        contact.timeZones(),
        contact.source(),
        contact.statusAtLastTouch(),
        contact.lastTouchChannel(),
        contact.lastEngagementAt(),
        contact.lastInquiryAt(),
        contact.lastInboundAt(),
        contact.doNotContactScope(),
        contact.globalPrivacyControl(),
        contact.tags());
  }

  private static ContactFacts with(ContactFacts facts, Contact contact, List<Consent> consents) {
    return new ContactFacts(
        contact,
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        facts.history(),
        consents,
        facts.suppressions(),
        facts.registry(),
        facts.touches(),
        facts.responses(),
        facts.triggers(),
        facts.journey(),
        facts.channelHealth());
  }

  private String ago(long days) {
    return asOf.minus(Duration.ofDays(days)).toString();
  }

  private static long days(TypedRow step) {
    return step.number("offsetDays").orElseThrow().longValueExact();
  }

  private static void put(List<String> lines, String path, String value) {
    if (!value.isEmpty()) {
      lines.add(path + ": " + value);
    }
  }

  private static <T> T of(List<T> values, int number) {
    return values.get(number % values.size());
  }

  private static List<String> orUnknown(Vocabulary vocabulary) {
    var codes = new ArrayList<>(vocabulary.codes());
    codes.add(UNKNOWN);
    return List.copyOf(codes);
  }
}
