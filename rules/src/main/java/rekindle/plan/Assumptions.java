package rekindle.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.Vocabularies;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblems;
import rekindle.plan.AssumedResponse.After;
import rekindle.plan.AssumedResponse.At;
import rekindle.plan.AssumedResponse.Moment;
import rekindle.policy.Release;

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
  private static final String ONE_MOMENT =
      "say once when it comes: by \"day\", \"at\", or \"sequence\" and \"step\"";

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

  /**
   * Refuses responses to steps that the tables of a release do not have.
   *
   * @throws InvalidJson with all of them, as they stand in the document
   */
  public void throwIfUnknown(Release release) {
    SequenceSteps known = SequenceSteps.of(release);
    var problems = new JsonProblems();
    for (int i = 0; i < responses.size(); i++) {
      After after = responses.get(i).moment().<@Nullable After>match(at -> null, then -> then);
      if (after != null) {
        known.check(after, "/responses/" + i, problems);
      }
    }
    problems.throwIfAny();
  }

  private static AssumedResponse response(JsonFields json, Instant from, Instant until) {
    Moment moment = moment(json, from, until);
    String kind = json.requiredCode("kind", Vocabularies.RESPONSE_KIND);
    String disposition = json.code("disposition", Vocabularies.DISPOSITION);
    String channel = json.code("channel", Vocabularies.CHANNEL);
    return new AssumedResponse(
        moment, kind, disposition, channel == null ? null : Channel.of(channel).orElseThrow());
  }

  /** One of {@code at}, {@code day}, and {@code sequence} with {@code step}. */
  private static Moment moment(JsonFields json, Instant from, Instant until) {
    Instant at = json.instant("at");
    Long day = json.integer("day", 0, DAYS_MAX);
    String sequence = json.text("sequence", SEQUENCE_LONGEST);
    Long step = json.integer("step", 1, STEP_MAX);
    Long hours = json.integer("hours", 0, 24L * DAYS_MAX);
    boolean afterTouch = sequence != null || step != null || hours != null;
    if (day != null && (at != null || afterTouch)) {
      json.problem("day", ONE_MOMENT);
    } else if (at != null && afterTouch) {
      json.problem("at", ONE_MOMENT);
    }
    if (afterTouch) {
      return after(json, sequence, step, hours);
    }
    if (day == null && at == null) {
      if (json.node("day") == null && json.node("at") == null) {
        json.problem("day", "is missing; " + ONE_MOMENT);
      }
      return new At(from);
    }
    Instant instant = day == null ? at : from.plus(Duration.ofDays(day));
    if (instant == null || instant.isBefore(from) || !instant.isBefore(until)) {
      json.problem(
          day == null ? "at" : "day",
          "lies outside the days that are walked: from " + from + " to before " + until);
    }
    return new At(instant == null ? from : instant);
  }

  private static After after(
      JsonFields json, @Nullable String sequence, @Nullable Long step, @Nullable Long hours) {
    if (sequence == null) {
      json.problem("sequence", "is missing; a touch is named by its sequence and step");
    }
    if (step == null) {
      json.problem("step", "is missing; a touch is named by its sequence and step");
    }
    return new After(
        sequence == null ? "" : sequence,
        step == null ? 1 : step.intValue(),
        Duration.ofHours(hours == null ? DELAY_HOURS_USUAL : hours));
  }
}
