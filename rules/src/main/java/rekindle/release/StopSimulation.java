package rekindle.release;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Verdict;
import rekindle.eligibility.EligibilityTables;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.policy.Release;
import rekindle.release.OptOut.When;
import rekindle.release.SimulatedPeople.Person;
import rekindle.table.Cell;
import rekindle.table.Finding;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;

/**
 * Holds a release against the promise that whoever opts out is left alone: on every record, on
 * every channel of the opt-out, before every step, for ever. People are made up for the release, so
 * that no author can delete the one who would have shown it; those of its scenarios are asked
 * besides.
 */
public final class StopSimulation {
  private static final String CODE = "stop_not_obeyed";
  private static final String SUPPRESSED = "suppressed";
  private static final int SHOWN_MAX = 20;

  /** Days on which suppressing rows have just gone out of force; the soonest are looked at. */
  private static final int LATER_DAYS_MAX = 12;

  /** When most of the shipped places are awake. */
  private static final Duration TIME_OF_DAY = Duration.ofHours(15);

  private static final List<OptOut> OPT_OUTS = OptOut.all();

  private final Release release;
  private final LocalDate day;
  private final BiFunction<ContactFacts, Instant, Decision> decide;
  private final NearMisses nearMisses;

  /** What can go wrong, the worst first. */
  private enum Fault {
    TOUCHED,
    ALLOWED,
    NOT_SUPPRESSED,
    NOT_CLOSED
  }

  /** One decision that should have come out otherwise. */
  private record Case(
      Fault fault,
      OptOut optOut,
      Person person,
      ContactFacts facts,
      @Nullable Channel channel,
      String why) {
    /** Cases of one kind are told in one finding. */
    String kind() {
      return fault + " " + optOut.saidIn() + " " + optOut.scope() + " " + optOut.reason();
    }
  }

  private StopSimulation(
      Release release, LocalDate day, BiFunction<ContactFacts, Instant, Decision> decide) {
    this.release = release;
    this.day = day;
    this.decide = decide;
    this.nearMisses = new NearMisses(release);
  }

  /**
   * One error for each kind of opt-out that is not obeyed, with an example; none if all are.
   *
   * @param day the day from which the release is to be used
   * @param decide decides with the release for facts at an instant; called by several threads
   */
  public static List<Finding> findings(
      Release release, LocalDate day, BiFunction<ContactFacts, Instant, Decision> decide) {
    var simulation = new StopSimulation(release, day, decide);
    Map<Fault, Map<String, List<Case>>> cases =
        simulation
            .cases()
            .collect(
                Collectors.groupingBy(
                    Case::fault,
                    Collectors.groupingBy(Case::kind, LinkedHashMap::new, Collectors.toList())));
    return cases.values().stream()
        .flatMap(kinds -> simulation.findings(List.copyOf(kinds.values())))
        .toList();
  }

  private Stream<Case> cases() {
    Instant now = at(day);
    List<Person> steps = SimulatedPeople.beforeEachStep(release, now);
    List<Person> named = SimulatedPeople.inEachNamedPlace(release, now);
    List<Person> elsewhere = SimulatedPeople.inEveryOtherPlace(release, now);
    var cases = new ArrayList<>(cases(steps, StopSimulation::everyWay));
    cases.addAll(cases(named, StopSimulation::everyWay));
    cases.addAll(cases(elsewhere, StopSimulation::everyScope));
    cases.addAll(cases(peopleOfScenarios(now), StopSimulation::oneWay));
    for (LocalDate later : laterDays()) {
      List<Person> people = SimulatedPeople.beforeEachStep(release, at(later));
      cases.addAll(cases(people, StopSimulation::everyScope));
    }
    return cases.stream();
  }

  private static Instant at(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).plus(TIME_OF_DAY).toInstant();
  }

  /** The opt-outs that are tried on the person of a number. */
  private interface Choice {
    Stream<OptOut> of(int person);
  }

  /** At one time for this person, at the others for the next two. */
  private static Stream<OptOut> everyWay(int person) {
    int times = When.values().length;
    return IntStream.range(0, OPT_OUTS.size())
        .filter(i -> i % times == (i / times + person) % times)
        .mapToObj(OPT_OUTS::get);
  }

  /** As it is kept, for one reason or the other. */
  private static Stream<OptOut> everyScope(int person) {
    String reason = OptOut.REASONS.get(person % OptOut.REASONS.size());
    return everyWay(person).filter(o -> o.isKept() && o.reason().equals(reason));
  }

  /** At this instant, since no consent can be later; every other time out of everything. */
  private static Stream<OptOut> oneWay(int person) {
    List<OptOut> now = OPT_OUTS.stream().filter(o -> o.when() == When.AT_THIS_INSTANT).toList();
    return Stream.of(now.get(person % 2 == 0 ? 0 : person / 2 % now.size()));
  }

  private List<Case> cases(List<Person> people, Choice choice) {
    return IntStream.range(0, people.size())
        .parallel()
        .boxed()
        .flatMap(i -> choice.of(i).flatMap(optOut -> judge(people.get(i), optOut).stream()))
        .toList();
  }

  private List<Person> peopleOfScenarios(Instant now) {
    var people = new ArrayList<Person>();
    for (TypedRow row : release.table(ScenarioTables.SCENARIOS).rows()) {
      if (row.cell("asOf") instanceof Cell.Timestamp asOf) {
        try {
          ContactFacts facts = ScenarioFacts.read(row.id(), row.text("facts").orElse(""));
          Instant at = asOf.value().isBefore(now) ? now : asOf.value();
          people.add(new Person("the person of scenario " + row.id(), when -> facts, at));
        } catch (InvalidScenario e) {
          // ScenarioCheck tells it.
        }
      }
    }
    return people;
  }

  /** The day after each on which a suppressing row ends. */
  private List<LocalDate> laterDays() {
    return release.table(EligibilityTables.SUPPRESSION).rows().stream()
        .map(TypedRow::to)
        .flatMap(Stream::ofNullable)
        .filter(to -> !to.isBefore(day))
        .map(to -> to.plusDays(1))
        .distinct()
        .sorted()
        .limit(LATER_DAYS_MAX)
        .toList();
  }

  private Optional<Case> judge(Person person, OptOut optOut) {
    ContactFacts facts = optOut.addedTo(person.facts().apply(optOut.when()), person.asOf());
    Decision decision = decide.apply(facts, person.asOf());
    List<Channel> closed =
        optOut.closes().stream().filter(c -> facts.reach().containsKey(c)).toList();
    var touch = decision.touch();
    if (touch != null && closed.contains(touch.channel())) {
      String why = "a touch by " + touch.channel().code() + " is planned";
      return Optional.of(new Case(Fault.TOUCHED, optOut, person, facts, touch.channel(), why));
    }
    Case worst = null;
    for (Channel channel : closed) {
      ChannelAnswer answer = decision.channels().get(channel);
      if (answer != null && answer.allowed()) {
        return Optional.of(
            new Case(Fault.ALLOWED, optOut, person, facts, channel, allowed(channel, answer)));
      }
      if (worst == null && answer != null && !isSuppressed(answer)) {
        worst =
            new Case(
                Fault.NOT_SUPPRESSED, optOut, person, facts, channel, otherwise(channel, answer));
      }
    }
    if (worst == null
        && optOut.isOfAll()
        && optOut.isKept()
        && decision.verdict() != Verdict.SUPPRESS) {
      String why = "the verdict is " + decision.verdict().code() + " and not suppress";
      worst = new Case(Fault.NOT_CLOSED, optOut, person, facts, null, why);
    }
    return Optional.ofNullable(worst);
  }

  private static boolean isSuppressed(ChannelAnswer answer) {
    return answer.denials().stream().map(Denial::code).anyMatch(SUPPRESSED::equals);
  }

  private static String allowed(Channel channel, ChannelAnswer answer) {
    return channel.code()
        + " is allowed by "
        + answer.rule()
        + " ("
        + answer.row()
        + ", "
        + answer.basis()
        + ")";
  }

  private static String otherwise(Channel channel, ChannelAnswer answer) {
    return channel.code()
        + " is closed by "
        + answer.denials().stream()
            .map(denial -> denial.code() + " (" + denial.rule() + ")")
            .collect(Collectors.joining(", "))
        + " and not by the opt-out";
  }

  private Stream<Finding> findings(List<List<Case>> kinds) {
    Stream<Finding> shown = kinds.stream().limit(SHOWN_MAX).map(this::finding);
    List<List<Case>> rest = kinds.subList(Math.min(SHOWN_MAX, kinds.size()), kinds.size());
    if (rest.isEmpty()) {
      return shown;
    }
    int cases = rest.stream().mapToInt(List::size).sum();
    String more =
        "and " + cases + " more cases of " + rest.size() + " more opt-outs; mend these first.";
    return Stream.concat(shown, Stream.of(finding(more, null)));
  }

  private Finding finding(List<Case> cases) {
    Case first = cases.get(0);
    Person person = first.person();
    var message = new StringBuilder("a person who ");
    message.append(first.optOut().words()).append(" is not left alone: ").append(first.why());
    message.append(", at ").append(person.words()).append(", on ").append(person.asOf());
    if (cases.size() > 1) {
      message.append(", and so in ").append(cases.size() - 1).append(" more cases");
    }
    message.append(". ").append(advice(first));
    return finding(
        message.toString(), new String(FactsWriter.write(first.facts()), StandardCharsets.UTF_8));
  }

  private String advice(Case one) {
    Channel channel = one.channel();
    List<String> near =
        channel == null
            ? List.of()
            : nearMisses.of(one.optOut(), channel, one.facts(), one.person().asOf());
    return near.isEmpty()
        ? "No row of Suppression is near; add one that closes what the person opted out of."
        : "But for one cell it would be closed by "
            + String.join(", ", near)
            + "; mend that row, or add one.";
  }

  private static Finding finding(String message, @Nullable String example) {
    TableDefinition table = EligibilityTables.SUPPRESSION;
    return new Finding(
        Finding.Severity.ERROR,
        table.workbook(),
        table.sheet(),
        null,
        null,
        null,
        CODE,
        table.place() + ": " + message,
        example);
  }
}
