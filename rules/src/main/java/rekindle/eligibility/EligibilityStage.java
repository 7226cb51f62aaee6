package rekindle.eligibility;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.LocalClock;
import rekindle.calendar.Opening;
import rekindle.eligibility.ChannelState.Barrier;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.rule.Rule;
import rekindle.rule.RulePlan;
import rekindle.rule.StageInput;
import rekindle.table.Condition;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;

/** Decides which channels may be used at an instant, with every reason why not. Thread-safe. */
public final class EligibilityStage {
  private static final Comparator<Barrier> ORDER =
      Comparator.comparing(Barrier::code)
          .thenComparing(b -> b.hit().table().definition().sheet())
          .thenComparing(b -> b.hit().row().number());

  private final Release release;
  private final HoursRows hours;

  public EligibilityStage(Release release) {
    this.release = release;
    this.hours = new HoursRows(release);
  }

  /**
   * All six channels at one instant.
   *
   * @param facts as known when the decision is made; the instant may lie later, to look ahead
   */
  public Eligibility at(Instant at, ContactFacts facts, LocalClock clock, int tier, Rows rows) {
    return new Look(at, facts, clock, tier, rows).eligibility();
  }

  /** One look at one person at one instant. */
  private final class Look {
    private final Instant at;
    private final LocalClock clock;
    private final List<LocalDate> dates;
    private final Rows rows;
    private final Person person;
    private final List<String> candidates;
    private final PersonInput personInput;
    private final NoesInput noesInput;
    private final Map<String, PlaceInput> placeInputs = new HashMap<>();
    private final Map<Channel, List<Barrier>> barriers = new EnumMap<>(Channel.class);
    private final ConsentLookup consent;

    /**
     * Hours rules by place. Rows not yet or no longer in force are among them: a schedule knows its
     * dates, and an opening may lie beyond them.
     */
    private final Map<String, List<Rule>> hoursHeld = new HashMap<>();

    Look(Instant at, ContactFacts facts, LocalClock clock, int tier, Rows rows) {
      this.at = at;
      this.clock = clock;
      this.dates = clock.dates(at);
      this.rows = rows;
      var named = release.zoneNames(facts.contact());
      boolean stale = named.stream().anyMatch(release.zones()::isStale);
      boolean zoneKnown = clock.isKnown() && !facts.contact().timeZones().isEmpty();
      this.person = new Person(facts, at, clock, new Person.Standing(tier, zoneKnown, stale));
      var jurisdictions = new TreeSet<>(facts.contact().jurisdictions());
      this.candidates =
          jurisdictions.isEmpty() ? List.of(RulePlan.UNKNOWN_KEY) : List.copyOf(jurisdictions);
      this.personInput = new PersonInput(person);
      Set<String> places = new LinkedHashSet<>();
      candidates.forEach(candidate -> places.addAll(lookups(candidate)));
      this.noesInput = new NoesInput(person, places);
      match(places);
      var table = release.table(EligibilityTables.CONSENT);
      Hit otherwise = rows.otherwise(table);
      this.consent =
          new ConsentLookup(
              table, release.places(), clock, dates, otherwise, held(EligibilityTables.CONSENT));
    }

    Eligibility eligibility() {
      for (Channel channel : Channel.ALL) {
        barriers.put(channel, new ArrayList<>());
      }
      var closed = suppressions();
      caps();
      plain(personInput, EligibilityTables.ADDRESS);
      plain(personInput, EligibilityTables.HOLDS_TABLE);
      placeInputs.values().forEach(input -> plain(input, EligibilityTables.REGISTRIES));
      var channels = new EnumMap<Channel, ChannelState>(Channel.class);
      for (Channel channel : Channel.ALL) {
        channels.put(channel, state(channel));
      }
      return new Eligibility(at, channels, closed, elements());
    }

    private void match(Set<String> places) {
      placeInputs.put(RulePlan.ANY_KEY, new PlaceInput(RulePlan.ANY_KEY, false, person));
      for (String place : places) {
        placeInputs.put(place, new PlaceInput(place, candidates.contains(place), person));
      }
      var inputs = new ArrayList<StageInput>(placeInputs.values());
      inputs.add(personInput);
      if (!person.noes().isEmpty()) {
        inputs.add(noesInput);
      }
      rows.match(inputs.toArray(new StageInput[0]));
      for (var entry : placeInputs.entrySet()) {
        hoursHeld.put(entry.getKey(), rows.always(entry.getValue(), EligibilityTables.HOURS_TABLE));
      }
    }

    private Map<String, List<Rule>> held(TableDefinition table) {
      var held = new HashMap<String, List<Rule>>();
      placeInputs.forEach((place, input) -> held.put(place, rows.all(input, table, dates)));
      return held;
    }

    private ChannelState state(Channel channel) {
      List<Hit> lookups = consent.rows(channel, candidates);
      var permitting = lookups.stream().filter(hit -> isAllow(hit.row())).toList();
      for (Hit hit : lookups) {
        if (!isAllow(hit.row())) {
          deny(channel, hit.row().code("basis").orElse("consent_missing"), hit, null);
        }
      }
      Opening opening = hours.opening(hoursRows(channel), clock);
      shut(channel, opening);
      ChannelView view = person.view(channel);
      boolean permitted = permitting.size() == lookups.size();
      Hit ground = permitted ? consent.endingFirst(permitting, view, person) : null;
      List<Barrier> denials =
          barriers.getOrDefault(channel, List.of()).stream().sorted(ORDER).toList();
      return new ChannelState(
          channel,
          ground,
          ground == null || !denials.isEmpty() ? null : consent.ends(ground.row(), view, person),
          denials.isEmpty() ? opening.nextClose(at).orElse(null) : null,
          lookups,
          denials);
    }

    private void shut(Channel channel, Opening opening) {
      var shut = opening.shutAt(at);
      if (!shut.isEmpty()) {
        Instant until = opening.firstOpen(at, Opening.HORIZON_DAYS).orElse(null);
        for (Opening.Shut closed : shut) {
          deny(
              channel,
              closed.closedDay() ? "closed_day" : "quiet_hours",
              hours.hit(closed.schedule()),
              until);
        }
      }
    }

    /**
     * Every hours row of every candidate and its parents; a national row replaces those of its
     * group.
     */
    private List<TypedRow> hoursRows(Channel channel) {
      var found = new ArrayList<TypedRow>();
      for (String candidate : candidates) {
        boolean national = false;
        for (String place : lookups(candidate)) {
          boolean isGroup = !candidate.equals(place) && !candidate.startsWith(place + "-");
          if (!(isGroup && national)) {
            national |= addHours(place, channel, found);
          }
        }
      }
      addHours(RulePlan.ANY_KEY, channel, found);
      return found;
    }

    /** Whether the place has rows of its own for the channel; they are added. */
    private boolean addHours(String place, Channel channel, List<TypedRow> found) {
      boolean any = false;
      for (Rule rule : hoursHeld.getOrDefault(place, List.of())) {
        if (channel == rule.channel()) {
          any = true;
          if (!found.contains(rule.row())) {
            found.add(rule.row());
          }
        }
      }
      return any;
    }

    private List<String> lookups(String candidate) {
      return candidate.equals(RulePlan.UNKNOWN_KEY)
          ? List.of(candidate)
          : release.places().lookups(candidate);
    }

    private void plain(StageInput input, TableDefinition table) {
      for (Rule rule : rows.all(input, table, dates)) {
        deny(rule, null);
      }
    }

    private void caps() {
      for (PlaceInput input : placeInputs.values()) {
        for (Rule rule : rows.all(input, EligibilityTables.CAPS, dates)) {
          deny(rule, capEnds(rule));
        }
      }
    }

    /** Enough of what is counted must have left the window. */
    private Instant capEnds(Rule rule) {
      TypedRow row = rule.row();
      long windowMs = row.number("windowHours").orElseThrow().longValueExact() * Condition.HOUR_MS;
      var counted =
          person.countedWithin(channel(rule), row.code("counted").orElseThrow(), windowMs);
      int enough = row.number("touches").orElseThrow().intValueExact();
      return counted.get(counted.size() - enough).plusMillis(windowMs);
    }

    private List<Eligibility.Closed> suppressions() {
      var closing = new HashMap<No, Set<Channel>>();
      var closed = new ArrayList<Eligibility.Closed>();
      var held =
          person.noes().isEmpty()
              ? List.<Rule>of()
              : rows.all(noesInput, EligibilityTables.SUPPRESSION, dates);
      for (Rule rule : held) {
        var noes = EligibilityConstraints.noes(noesInput, rule);
        deny(rule, lastEnd(noes));
        noes.forEach(no -> closing.computeIfAbsent(no, n -> new TreeSet<>()).add(channel(rule)));
      }
      for (Rule rule : held) {
        for (No no : EligibilityConstraints.noes(noesInput, rule)) {
          boolean standing = no.saidIn().equals("suppression") || no.saidIn().equals("record");
          if (standing && closing.getOrDefault(no, Set.of()).size() == Channel.ALL.size()) {
            closed.add(
                new Eligibility.Closed(
                    rule.row().code("code").orElseThrow(), rule.hit(), no.until()));
          }
        }
      }
      return closed;
    }

    private static @Nullable Instant lastEnd(List<No> noes) {
      Instant last = Instant.MIN;
      for (No no : noes) {
        if (no.until() == null) {
          return null;
        }
        last = no.until().isAfter(last) ? no.until() : last;
      }
      return last;
    }

    private Map<Channel, List<String>> elements() {
      var elements = new EnumMap<Channel, Set<String>>(Channel.class);
      for (PlaceInput input : placeInputs.values()) {
        for (Rule rule : rows.all(input, EligibilityTables.ELEMENTS, dates)) {
          elements
              .computeIfAbsent(channel(rule), c -> new TreeSet<>())
              .addAll(rule.row().codes("elements"));
        }
      }
      var sorted = new EnumMap<Channel, List<String>>(Channel.class);
      elements.forEach((channel, names) -> sorted.put(channel, List.copyOf(names)));
      return sorted;
    }

    private void deny(Rule rule, @Nullable Instant until) {
      deny(channel(rule), rule.row().code("code").orElseThrow(), rule.hit(), until);
    }

    /** One denial for each code and row; the one that lasts longer stands. */
    private void deny(Channel channel, String code, Hit hit, @Nullable Instant until) {
      Instant lapses = rowEnds(hit, until);
      List<Barrier> all = barriers.computeIfAbsent(channel, c -> new ArrayList<>());
      if (all.stream().noneMatch(b -> b.code().equals(code) && b.hit().equals(hit))) {
        all.add(new Barrier(code, hit, lapses));
      }
    }

    /** A row that goes out of force takes its denial with it. */
    private @Nullable Instant rowEnds(Hit hit, @Nullable Instant until) {
      LocalDate to = hit.row().to();
      if (to == null || hit.table().definition() == EligibilityTables.CONSENT) {
        return until;
      }
      Instant ends = clock.endOf(to);
      return until == null || ends.isBefore(until) ? ends : until;
    }

    private static boolean isAllow(TypedRow row) {
      return row.code("result").orElse("deny").equals("allow");
    }

    private static Channel channel(Rule rule) {
      return Objects.requireNonNull(rule.channel(), "every eligibility row names a channel");
    }
  }
}
