package rekindle.touch;

import rekindle.code.Vocabulary;

/** Codes that the cadence tables read and decide. */
public final class TouchVocabularies {
  public static final Vocabulary PURPOSE =
      Vocabulary.open(
          "purpose",
          "value",
          "something of use, nothing asked",
          "social_proof",
          "how others fared",
          "offer",
          "the offer: the one step that may carry an incentive",
          "check_in",
          "a short question",
          "last_note",
          "the last message, and then really stop",
          "reschedule",
          "an easy new date",
          "calendar_links",
          "two dates to choose from",
          "follow_up",
          "a reminder",
          "gap_closed",
          "what was missing is there",
          "education",
          "teaches, does not sell",
          "re_permission",
          "asks to confirm, makes opting down easy");

  public static final Vocabulary EVENT =
      Vocabulary.of(
          "event",
          "open",
          "an opened message",
          "click",
          "a click",
          "reply",
          "a reply",
          "booking",
          "a booking",
          "purchase",
          "a purchase",
          "login",
          "a login",
          "segment_changed",
          "the segment of the journey no longer holds",
          "steps_done",
          "every step was taken or skipped");

  public static final Vocabulary EFFECT =
      Vocabulary.of(
          "effect",
          "exit",
          "ends the journey",
          "follow_up",
          "a person takes over",
          "none",
          "nothing");

  public static final Vocabulary EXIT_REASON =
      Vocabulary.open(
          "reason",
          "engaged",
          "the person responded",
          "positive_reply",
          "the person said yes",
          "booking",
          "the person booked",
          "segment_changed",
          "the person's standing changed",
          "steps_done",
          "the sequence is over");

  public static final Vocabulary EMAIL_GROUND =
      Vocabulary.open(
          "e-mail ground", "re_permission_only", "e-mail may only ask for permission again");

  /** The one limit that may be missing. */
  public static final String RE_PERMISSION_ANSWER = "re_permission_answer";

  public static final Vocabulary LIMIT =
      Vocabulary.of(
          "limit",
          "touch_valid",
          "how long a touch may be carried out after it was permitted",
          "touch_at_once_valid",
          "the same for steps that are carried out at once",
          "closing_margin",
          "how long before the permitted hours close no touch is handed over",
          "review_recheck",
          "when to look again at a step that waits for a person or a list",
          "failed_attempts",
          "after how many failed attempts a step counts as skipped",
          "follow_up_window",
          "how long a positive response without a journey keeps a person in charge",
          "planning_horizon",
          "how far ahead an opening is looked for",
          RE_PERMISSION_ANSWER,
          "how long a person who was asked for permission again may take to answer before e-mail ends; without this row it"
              + " does not");

  public static final Vocabulary UNIT =
      Vocabulary.of(
          "unit",
          "minutes",
          "60 seconds",
          "hours",
          "60 minutes",
          "days",
          "24 hours",
          "times",
          "a count");

  private TouchVocabularies() {}
}
