package rekindle.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rekindle.calendar.ZoneTransitions;
import rekindle.facts.ContactFacts.Response;
import rekindle.plan.CalendarEntry.Decided;

/**
 * What is to be expected of a contact, in the order of time. Immutable.
 *
 * @param zone whose dates and times it is told in: the contact's, or UTC where none or several are
 *     candidates
 * @param entries decisions that were carried out, steps that had to wait, and what became known
 * @param ending why it says no more
 * @param endedAt the last instant that was decided for, or the end of the span
 * @param next what would come after the span; null where nothing is planned
 */
public record ContactCalendar(
    String contactId,
    @Nullable String personId,
    String release,
    Assumptions assumptions,
    ZoneTransitions zone,
    String zoneName,
    List<CalendarEntry> entries,
    Ending ending,
    Instant endedAt,
    @Nullable Decided next) {

  public ContactCalendar {
    entries = List.copyOf(entries);
  }

  /** Why a walk came to its end. */
  public enum Ending {
    SPAN_OVER("the days that were asked for are over"),
    NOTHING_AHEAD("nothing more comes by itself: only something new changes that"),
    NO_PROGRESS(
        "the same instant would be decided again without any change; the rules lead nowhere"),
    TOO_MANY_DECISIONS("more decisions than any calendar needs; the rules go round in circles");

    private final String text;

    Ending(String text) {
      this.text = text;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
      return text;
    }
  }

  /** Whole local days since a journey began: 0 on its first. */
  public long dayOf(Instant at, Instant enteredAt) {
    LocalDate first = zone.localDate(enteredAt);
    return zone.localDate(at).toEpochDay() - first.toEpochDay();
  }

  /** The responses that were taken for given and came, in the order of time. */
  public List<Response> assumedResponses() {
    return entries.stream()
        .map(
            entry ->
                entry.<@Nullable Response>match(
                    decided -> null,
                    responded -> responded.assumed() ? responded.response() : null,
                    triggered -> null))
        .filter(Objects::nonNull)
        .toList();
  }
}
