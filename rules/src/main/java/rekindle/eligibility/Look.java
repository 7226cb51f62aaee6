package rekindle.eligibility;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.rule.Rule;
import rekindle.rule.RulePlan;
import rekindle.rule.StageInput;
import rekindle.table.Condition;
import rekindle.table.TypedRow;

/** One look at one person at one instant: which rows hold, and what they mean for a channel. */
final class Look {
  private static final Comparator<Barrier> ORDER =
      Comparator.comparing(Barrier::code)
          .thenComparing(b -> b.hit().table().definition().sheet())
          .thenComparing(b -> b.hit().row().number());

  private final EligibilityRows tables;
  private final Person person;
  private final Instant at;
  private final LocalClock clock;
  private final List<LocalDate> dates;
  private final Rows rows;
  private final List<Candidate> candidates;
  private final Map<String, PlaceInput> places = new LinkedHashMap<>();
  private final NoesInput noesInput;
  private final ConsentLookup consent;
  private final List<Rule> suppressing;

  /** Rows of the other tables that deny. */
  private final List<Rule> denying = new ArrayList<>();

  /**
   * Hours rules by place. Rows not yet or no longer in force are among them: a schedule knows its
   * dates, and an opening may lie beyond them.
   */
  private final Map<String, List<Rule>> hours = new HashMap<>();

  Look(
      EligibilityRows tables,
      Person person,
      LocalClock clock,
      List<Candidate> candidates,
      Rows rows) {
    this.tables = tables;
    this.person = person;
    this.at = person.at();
    this.clock = clock;
    this.dates = clock.dates(at);
    this.rows = rows;
    this.candidates = candidates;
    addPlaces();
    this.noesInput = new NoesInput(person, candidates);
    var personInput = new PersonInput(person);
    match(personInput);
    denying.addAll(rows.all(personInput, EligibilityTables.ADDRESS, dates));
    denying.addAll(rows.all(personInput, EligibilityTables.HOLDS_TABLE, dates));
    this.suppressing = rows.all(noesInput, EligibilityTables.SUPPRESSION, dates);
    var permitting = new HashMap<String, List<Rule>>();
    places.forEach(
        (place, input) -> {
          permitting.put(place, in(place, rows.all(input, EligibilityTables.CONSENT, dates)));
          hours.put(place, in(place, rows.always(input, EligibilityTables.HOURS_TABLE)));
          denying.addAll(in(place, rows.all(input, EligibilityTables.CAPS, dates)));
          denying.addAll(in(place, rows.all(input, EligibilityTables.REGISTRIES, dates)));
        });
    Hit otherwise = rows.otherwise(tables.consentTable());
    this.consent = new ConsentLookup(tables.consent(), otherwise, clock, dates, permitting);
  }

  private void addPlaces() {
    addPlace(RulePlan.ANY_KEY);
    for (Candidate candidate : candidates) {
      candidate.chain().forEach(this::addPlace);
    }
  }

  private void match(PersonInput personInput) {
    var inputs = new ArrayList<StageInput>(places.values());
    inputs.add(personInput);
    if (!person.noes().isEmpty()) {
      inputs.add(noesInput);
    }
    rows.match(inputs.toArray(new StageInput[0]));
  }

  private void addPlace(String place) {
    if (!places.containsKey(place)) {
      places.put(place, new PlaceInput(place, isCandidate(place), person));
    }
  }

  private boolean isCandidate(String place) {
    for (Candidate candidate : candidates) {
      if (candidate.is(place)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Without the rows that exclude places and do not count here. They are about candidates alone:
   * {@code not US-CT} must not reach US-CT by way of US, nor {@code not EU} by way of a member.
   */
  private List<Rule> in(String place, List<Rule> held) {
    held.removeIf(rule -> rule.key() == null && !isOutside(place, rule));
    return held;
  }

  private boolean isOutside(String place, Rule rule) {
    CodeList where = EligibilityConstraints.codes(rule.row(), "where");
    for (Candidate candidate : candidates) {
      if (candidate.is(place) && candidate.isTakenBy(where)) {
        return true;
      }
    }
    return false;
  }

  ChannelState state(Channel channel) {
    var barriers = new ArrayList<Barrier>();
    List<ConsentRow> lookups = consent.rows(channel, candidates);
    boolean permitted = true;
    for (ConsentRow row : lookups) {
      if (!row.allows()) {
        permitted = false;
        deny(row.code(), row.hit(), null, barriers);
      }
    }
    denyByRules(channel, barriers);
    Opening opening = tables.hours().opening(hoursRows(channel), clock);
    denyByHours(opening, barriers);
    barriers.sort(ORDER);
    ChannelView view = person.view(channel);
    ConsentRow ground = permitted ? consent.endingFirst(lookups, view, person) : null;
    boolean open = barriers.isEmpty();
    return new ChannelState(
        channel,
        ground == null ? null : ground.hit(),
        ground == null || !open ? null : ground.ends(view, person, clock),
        open ? opening.nextClose(at).orElse(null) : null,
        hits(lookups),
        barriers);
  }

  private void denyByRules(Channel channel, List<Barrier> barriers) {
    for (Rule rule : suppressing) {
      if (rule.channel() == channel) {
        deny(code(rule), rule.hit(), lastEnd(noes(rule)), barriers);
      }
    }
    for (Rule rule : denying) {
      if (rule.channel() == channel) {
        boolean cap = rule.table().definition() == EligibilityTables.CAPS;
        deny(code(rule), rule.hit(), cap ? capEnds(rule) : null, barriers);
      }
    }
  }

  private void denyByHours(Opening opening, List<Barrier> barriers) {
    var shut = opening.shutAt(at);
    if (!shut.isEmpty()) {
      Instant until = opening.firstOpen(at, Opening.HORIZON_DAYS).orElse(null);
      for (Opening.Shut closed : shut) {
        String code = closed.closedDay() ? "closed_day" : "quiet_hours";
        deny(code, tables.hours().hit(closed.schedule()), until, barriers);
      }
    }
  }

  /** One denial for each code and row. */
  private void deny(String code, Hit hit, @Nullable Instant until, List<Barrier> barriers) {
    for (Barrier barrier : barriers) {
      if (barrier.code().equals(code) && barrier.hit().equals(hit)) {
        return;
      }
    }
    barriers.add(new Barrier(code, hit, rowEnds(hit, until)));
  }

  /** A row that goes out of force takes its denial with it. */
  private @Nullable Instant rowEnds(Hit hit, @Nullable Instant until) {
    LocalDate to = hit.row().to();
    if (to == null) {
      return until;
    }
    Instant ends = clock.endOf(to);
    return until == null || ends.isBefore(until) ? ends : until;
  }

  /** Enough of what is counted must have left the window. */
  private Instant capEnds(Rule rule) {
    TypedRow row = rule.row();
    long windowMs = row.number("windowHours").orElseThrow().longValueExact() * Condition.HOUR_MS;
    CodeList what = EligibilityConstraints.codes(row, "counted");
    var counted = person.counts().instantsWithin(channel(rule), what, windowMs);
    int enough = row.number("touches").orElseThrow().intValueExact();
    return counted.get(counted.size() - enough).plusMillis(windowMs);
  }

  /**
   * Every hours row of every candidate and its parents; a national row replaces those of its group.
   */
  private List<Hit> hoursRows(Channel channel) {
    var found = new ArrayList<Hit>();
    for (Candidate candidate : candidates) {
      boolean national = false;
      for (String place : candidate.own()) {
        boolean named = addHours(place, channel, found);
        national |= named && place.equals(candidate.country());
      }
      if (candidate.group() != null && !national) {
        addHours(candidate.group(), channel, found);
      }
    }
    addHours(RulePlan.ANY_KEY, channel, found);
    return found;
  }

  /** Whether the place has rows of its own for the channel; they are added. */
  private boolean addHours(String place, Channel channel, List<Hit> found) {
    boolean named = false;
    for (Rule rule : hours.getOrDefault(place, List.of())) {
      if (channel == rule.channel()) {
        named |= rule.key() != null;
        if (!found.contains(rule.hit())) {
          found.add(rule.hit());
        }
      }
    }
    return named;
  }

  List<Eligibility.Closed> closed() {
    var closing = new HashMap<No, Set<Channel>>();
    for (Rule rule : suppressing) {
      for (No no : noes(rule)) {
        if (no.isStanding()) {
          closing.computeIfAbsent(no, n -> EnumSet.noneOf(Channel.class)).add(channel(rule));
        }
      }
    }
    var closed = new ArrayList<Eligibility.Closed>();
    closing.values().removeIf(channels -> channels.size() < Channel.ALL.size());
    if (!closing.isEmpty()) {
      for (Rule rule : suppressing) {
        for (No no : noes(rule)) {
          if (closing.containsKey(no)) {
            closed.add(new Eligibility.Closed(code(rule), rule.hit(), no.until()));
          }
        }
      }
    }
    return closed;
  }

  List<String> elements(Channel channel) {
    var elements = new TreeSet<String>();
    places.forEach(
        (place, input) -> {
          for (Rule rule : in(place, rows.all(input, EligibilityTables.ELEMENTS, dates))) {
            if (rule.channel() == channel) {
              elements.addAll(rule.row().codes("elements"));
            }
          }
        });
    return List.copyOf(elements);
  }

  private List<No> noes(Rule rule) {
    SuppressionRow row = Objects.requireNonNull(tables.suppression().get(rule.hit()), "a row");
    return noesInput.matching(row, channel(rule));
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

  private static List<Hit> hits(List<ConsentRow> rows) {
    var hits = new ArrayList<Hit>(rows.size());
    rows.forEach(row -> hits.add(row.hit()));
    return hits;
  }

  private static String code(Rule rule) {
    return rule.row().code("code").orElseThrow();
  }

  private static Channel channel(Rule rule) {
    return Objects.requireNonNull(rule.channel(), "every eligibility row names a channel");
  }
}
