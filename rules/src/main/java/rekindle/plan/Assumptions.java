package rekindle.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.JsonFields;
import rekindle.plan.AssumedResponse.After;
import rekindle.plan.AssumedResponse.At;
import rekindle.plan.AssumedResponse.Moment;

/**
 * What a walk takes for given: when it begins, how long it goes on, and what the person does
 * meanwhile. Immutable.
 *
 * @param from the first instant that is decided for
 * @param days of 24 hours, from 1 to {@link #DAYS_MAX}; the walk ends just before they are over
 */
public record Assumptions(Instant from, int days, List<AssumedResponse> responses) {
  public static final int DAYS_USUAL = 90;

  /** Nobody plans further ahead: the limit {@code planning_horizon} as shipped. */
  public static final int DAYS_MAX = 400;

  private static final int RESPONSES_MAX = 100;
  private static final int SEQUENCE_LONGEST = 100;
  private static final int STEP_MAX = 1000;
  private static final int DELAY_HOURS_USUAL = 1;

  public Assumptions {
    if (days < 1 || days > DAYS_MAX) {
      throw new IllegalArgumentException(
          "days must lie between 1 and " + DAYS_MAX + ", but were " + days);
    }
    from = Instant.ofEpochMilli(from.toEpochMilli());
    responses = List.copyOf(responses);
  }

  /** Nothing is heard of the person. */
  public static Assumptions silence(Instant from, int days) {
    return new Assumptions(from, days, List.of());
  }

  /** The instant at which the walk is over; no longer part of it. */
  public Instant until() {
    return from.plus(Duration.ofDays(days));
  }

  /**
   * Reads {@code asOf}, {@code days} and {@code responses} of an object. What is wrong is noted
   * with the fields.
   *
   * @param usual the instant to begin at where none is given
   */
  public static Assumptions read(JsonFields fields, Instant usual) {
    Instant asOf = fields.instant("asOf");
    Long days = fields.integer("days", 1, DAYS_MAX);
    Instant from = asOf == null ? usual : asOf;
    int span = days == null ? DAYS_USUAL : days.intValue();
    Instant until = from.plus(Duration.ofDays(span));
    List<AssumedResponse> responses =
        fields.objects("responses", json -> response(json, from, until));
    if (responses.size() > RESPONSES_MAX) {
      fields.problem("responses", "are more than " + RESPONSES_MAX + "; assume fewer at a time");
    }
    return new Assumptions(from, span, responses);
  }

  private static AssumedResponse response(JsonFields json, Instant from, Instant until) {
    Moment moment = moment(json, from, until);
    String kind = json.requiredCode("kind", Vocabularies.RESPONSE_KIND);
    String disposition = json.code("disposition", Vocabularies.DISPOSITION);
    String channel = json.code("channel", Vocabularies.CHANNEL);
    return new AssumedResponse(
        moment, kind, disposition, channel == null ? null : Channel.of(channel).orElseThrow());
  }

  private static Moment moment(JsonFields json, Instant from, Instant until) {
    Instant at = json.instant("at");
    Long day = json.integer("day", 0, DAYS_MAX);
    String sequence = json.text("sequence", SEQUENCE_LONGEST);
    Long step = json.integer("step", 1, STEP_MAX);
    Long hours = json.integer("hours", 0, 24L * DAYS_MAX);
    int told = (at == null ? 0 : 1) + (day == null ? 0 : 1) + (sequence == null ? 0 : 1);
    if (told > 1) {
      json.problem("kind", "comes at one moment: say either \"at\", \"day\" or \"sequence\"");
    }
    if ((sequence == null) != (step == null) || (sequence == null && hours != null)) {
      json.problem("sequence", "goes with \"step\", and \"hours\" with both of them");
    }
    if (sequence != null && step != null) {
      long delay = hours == null ? DELAY_HOURS_USUAL : hours;
      return new After(sequence, step.intValue(), Duration.ofHours(delay));
    }
    return new At(instant(json, from, until, at, day));
  }

  private static Instant instant(
      JsonFields json, Instant from, Instant until, @Nullable Instant at, @Nullable Long day) {
    if (at == null && day == null) {
      json.problem("day", "is missing; say when: \"day\", \"at\", or \"sequence\" and \"step\"");
      return from;
    }
    Instant instant = at == null ? from.plus(Duration.ofDays(day == null ? 0 : day)) : at;
    if (instant.isBefore(from) || !instant.isBefore(until)) {
      json.problem(
          at == null ? "day" : "at",
          "lies outside the days that are walked: " + from + " to " + until);
    }
    return instant;
  }
}
