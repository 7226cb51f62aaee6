package rekindle.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.plan.CalendarEntry.Responded;
import rekindle.plan.CalendarEntry.Triggered;

/**
 * A calendar as text that a person reads and checks: day by day in local time, what, on which
 * channel, why, and every row that said so.
 */
public final class CalendarText {
  private static final int RELEASE_SHOWN = 19;
  private static final int MINUTES = 60;

  /** Where the second line of an entry begins. */
  private static final String INDENT = " ".repeat(31);

  private final ContactCalendar calendar;
  private final List<String> lines = new ArrayList<>();

  private CalendarText(ContactCalendar calendar) {
    this.calendar = calendar;
  }

  /** The text, several lines, the last one ended. */
  public static String of(ContactCalendar calendar) {
    var text = new CalendarText(calendar);
    text.head();
    for (CalendarEntry entry : calendar.entries()) {
      text.lines.add("");
      entry.match(text::decided, text::responded, text::triggered);
    }
    text.end();
    return String.join("\n", text.lines) + "\n";
  }

  private void head() {
    var assumptions = calendar.assumptions();
    String person = calendar.personId() == null ? "" : " (person " + calendar.personId() + ")";
    String release = calendar.release();
    lines.add("Calendar of contact " + calendar.contactId() + person);
    lines.add(
        assumptions.days()
            + " days from "
            + moment(assumptions.from())
            + " to "
            + moment(assumptions.until())
            + ", local time of "
            + calendar.zoneName());
    lines.add("Release " + release.substring(0, Math.min(RELEASE_SHOWN, release.length())) + "…");
    boolean silent = assumptions.responses().isEmpty();
    lines.add(
        "Assumed: every message is delivered, and nothing is heard of the person"
            + (silent ? "." : " but this:"));
    assumptions.responses().forEach(response -> lines.add("  " + words(response)));
  }

  private String words(AssumedResponse assumed) {
    String moment =
        assumed
            .moment()
            .match(
                at -> "on " + moment(at.instant()),
                after ->
                    after.delay().toHours() + " h after " + after.sequence() + " " + after.step());
    return words(assumed.kind(), assumed.disposition(), assumed.channel()) + " " + moment;
  }

  private static String words(
      String kind, @Nullable String disposition, @Nullable Channel channel) {
    String how = disposition == null ? "" : ", " + disposition;
    return kind + how + (channel == null ? "" : ", by " + channel.code());
  }

  private boolean decided(Decided entry) {
    Decision decision = entry.decision();
    PlannedTouch touch = decision.touch();
    String what = touch == null ? "" : words(touch);
    entryLine(entry, decision.verdict().code().toUpperCase(Locale.ROOT), what + lasting(entry));
    journey(entry);
    if (entry.isDelayed()) {
      entry.delays().forEach(this::delay);
    } else {
      decision
          .reasons()
          .forEach(reason -> because(reason.code(), reason.text(), reason.row(), reason.rule()));
    }
    if (touch != null) {
      channel(entry, touch);
    }
    return true;
  }

  private static String words(PlannedTouch touch) {
    return touch.sequence()
        + " "
        + touch.step()
        + " of "
        + touch.of()
        + ": "
        + touch.purpose()
        + " by "
        + touch.channel().code()
        + (touch.by().equals("person") ? ", a task for a person" : "");
  }

  /** For how long it stands; a touch stands until it is taken. */
  private String lasting(Decided entry) {
    Instant until = entry.until();
    return switch (entry.decision().verdict()) {
      case TOUCH, HOLDOUT -> "";
      case WAIT -> until == null ? "" : ", waits until " + moment(until);
      default -> until == null ? "until something new is known" : "until " + moment(until);
    };
  }

  private void journey(Decided entry) {
    Decision decision = entry.decision();
    if (entry.ends() != null) {
      detail("the journey " + entry.ends() + " ends");
    }
    if (entry.begins() != null || decision.verdict() == Verdict.OUT_OF_SCOPE) {
      String begins = entry.begins() == null ? "" : "the journey " + entry.begins() + " begins: ";
      detail(
          begins
              + "segment "
              + orNone(decision.segment())
              + ", tier "
              + decision.tier()
              + ", cohort "
              + orNone(decision.cohort()));
    }
    entry
        .skippedSteps()
        .forEach(
            step ->
                detail(
                    "step "
                        + step.set().get("step")
                        + " is skipped: no channel may serve it"
                        + source(step.row(), step.rule())));
  }

  private void delay(Denial denial) {
    Instant until = denial.until();
    String text = denial.text();
    String sentence = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    String end = until == null ? ", until a new fact lifts it" : ", until " + moment(until);
    because(denial.code(), sentence + end, denial.row(), denial.rule());
  }

  private void channel(Decided entry, PlannedTouch touch) {
    Decision decision = entry.decision();
    entry.passedOver().forEach(passed -> passedOver(passed, decision.channels().get(passed)));
    ChannelAnswer own = decision.channels().get(touch.channel());
    if (own != null && own.basis() != null && decision.verdict() != Verdict.WAIT) {
      detail(
          touch.channel().code()
              + " permitted by "
              + own.basis()
              + source(own.row(), own.rule())
              + "; template "
              + touch.template());
    }
    var incentive = decision.incentive();
    if (incentive != null) {
      detail(
          "incentive "
              + incentive.code()
              + " until "
              + moment(incentive.validUntil())
              + source(incentive.row(), incentive.rule()));
    } else if (entry.mayCarryIncentive()) {
      detail("no incentive: none is chosen, or none passes its guards");
    }
  }

  /** What is denied for good is told alone: what besides is denied for a time changes nothing. */
  private void passedOver(Channel channel, @Nullable ChannelAnswer answer) {
    List<Denial> denials = answer == null ? List.of() : answer.denials();
    boolean forGood = denials.stream().anyMatch(denial -> denial.until() == null);
    for (Denial denial : denials) {
      Instant until = denial.until();
      if (until == null || !forGood) {
        detail(
            "not by "
                + channel.code()
                + ": "
                + denial.code()
                + (until == null ? "" : " until " + moment(until))
                + source(denial.row(), denial.rule()));
      }
    }
  }

  private boolean responded(Responded entry) {
    Response response = entry.response();
    String words = words(response.kind(), response.disposition(), response.channel());
    return entryLine(entry, "RESPONSE", words + (entry.assumed() ? " (assumed)" : " (known)"));
  }

  private boolean triggered(Triggered entry) {
    Trigger trigger = entry.trigger();
    String topic = trigger.topic() == null ? "" : " " + trigger.topic();
    String gap =
        trigger.matchesGap() == null
            ? ""
            : trigger.matchesGap() ? ", which answers the gap" : ", which answers no gap";
    return entryLine(entry, "TRIGGER", trigger.kind() + topic + gap);
  }

  private boolean entryLine(CalendarEntry entry, String word, String what) {
    Instant enteredAt = entry.enteredAt();
    String day = enteredAt == null ? "" : "day " + calendar.dayOf(entry.at(), enteredAt);
    return lines.add(
        String.format(Locale.ROOT, "%s  %-7s  %s  %s", moment(entry.at()), day, word, what)
            .stripTrailing());
  }

  private void end() {
    lines.add("");
    lines.add("End on " + moment(calendar.endedAt()) + ": " + calendar.ending().text() + ".");
    Decided next = calendar.next();
    PlannedTouch touch = next == null ? null : next.decision().touch();
    if (next != null && touch != null && next.until() != null) {
      lines.add("Next: " + words(touch) + " on " + moment(next.until()) + ".");
    }
  }

  private void because(String code, String text, @Nullable String row, @Nullable String rule) {
    detail(code + ": " + text + source(row, rule));
  }

  private void detail(String text) {
    lines.add(INDENT + text);
  }

  private static String source(@Nullable String row, @Nullable String rule) {
    return row == null ? "" : "  [" + row + " " + rule + "]";
  }

  /** Weekday, date and time in the zone of the calendar. */
  private String moment(Instant instant) {
    LocalDate date = calendar.zone().localDate(instant);
    int minute = calendar.zone().localMinuteOfDay(instant);
    return String.format(
        Locale.ROOT,
        "%s %s %02d:%02d",
        weekday(date.getDayOfWeek()),
        date,
        minute / MINUTES,
        minute % MINUTES);
  }

  private static String weekday(DayOfWeek day) {
    return day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
  }

  private static String orNone(@Nullable String code) {
    return code == null ? "none" : code;
  }
}
