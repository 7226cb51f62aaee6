package rekindle.segment;

import rekindle.code.Vocabulary;

/** Codes that the segment tables decide. */
public final class SegmentVocabularies {
  public static final Vocabulary SEGMENT =
      Vocabulary.open(
          "segment",
          "churned",
          "a subscription that ended and is not used",
          "lapsed",
          "a customer without a purchase or login for long",
          "closed_lost",
          "a deal that was lost",
          "no_show",
          "a meeting that the person missed",
          "stalled",
          "an open deal, a late funnel stage or a missed answer to a meeting, gone quiet",
          "early_drop_off",
          "an early funnel stage, never a deal");

  public static final Vocabulary CLOCK =
      Vocabulary.of(
          "clock",
          "subscription",
          "when the subscription ended",
          "activity",
          "the later of the last purchase and the last login",
          "deal",
          "when the deal was closed",
          "meeting",
          "when the meeting was to take place",
          "engagement",
          "the last meaningful action of the person");

  public static final Vocabulary OFFER_ANGLE =
      Vocabulary.open(
          "offer angle",
          "second_life",
          "second-life plan, migration concierge, bundled seats, credit of unused fees",
          "whats_new",
          "what is new since",
          "gap_closed",
          "the gap that lost the deal is closed",
          "easy_reschedule",
          "easy reschedule, five-minute demo, calculator",
          "product_update",
          "the original promise with a new outcome",
          "education",
          "educate, do not sell");

  public static final Vocabulary GROUP =
      Vocabulary.open(
          "group",
          "past_customer",
          "was a customer",
          "qualified_unconverted",
          "was qualified, never bought",
          "early_stage",
          "was never qualified");

  public static final Vocabulary COHORT =
      Vocabulary.open(
          "cohort",
          "fresh",
          "quiet for a short time",
          "warm",
          "quiet for a season",
          "ageing",
          "quiet for most of a year: gentler and shorter",
          "parked",
          "quiet for so long that only a trigger wakes");

  private SegmentVocabularies() {}
}
