package rekindle.eligibility;

import static rekindle.table.Condition.Comparison.AT_LEAST;
import static rekindle.table.Condition.Comparison.HOLDS;
import static rekindle.table.Condition.Comparison.NOT_WITHIN;
import static rekindle.table.Condition.Comparison.OLDER_THAN;
import static rekindle.table.Condition.Comparison.WITHIN;

import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;

/** The tables of {@code eligibility.xlsx}. */
public final class EligibilityTables {
  private static final CellType MONTHS = new CellType.WholeNumber(0, 1200);
  private static final CellType HOURS = new CellType.WholeNumber(1, 87_600);
  private static final CellType TIME = new CellType.TimeOfDay();
  private static final Column WHERE =
      Column.condition("where", "Where", new CellType.Jurisdictions(true), Condition.key("where"));
  private static final Column CHANNEL =
      Column.condition("channel", "Channel", codes(Vocabularies.CHANNEL), Condition.channelKey());
  private static final Column BUSINESS =
      Column.condition(
          "business", "Business", codes(Vocabularies.BUSINESS), Condition.in("business"));
  private static final Column SUBSCRIBER =
      Column.condition(
          "subscriberType",
          "Subscriber",
          codes(Vocabularies.SUBSCRIBER_TYPE),
          Condition.in("subscriberType"));
  private static final Column CODE =
      Column.result("code", "Code", code(EligibilityVocabularies.DENIAL_CODE));
  private static final Column CONFIDENCE =
      Column.note("confidence", "Confidence", code(EligibilityVocabularies.CONFIDENCE));

  public static final TableDefinition CONSENT =
      TableDefinition.rules(
              "eligibility",
              "Consent",
              "What permits a channel in one jurisdiction",
              "For each channel and each jurisdiction that a person may be in: the ground that permits it, or the reason why nothing does."
                  + " All of a person's jurisdictions, and their parents, must permit.",
              HitPolicy.FIRST,
              PlaceInput.class,
              WHERE,
              CHANNEL,
              Column.condition(
                  "program", "Program", codes(Vocabularies.PROGRAM), Condition.in("program")),
              BUSINESS,
              SUBSCRIBER,
              Column.condition(
                  "relationship",
                  "Relationship",
                  codes(Vocabularies.RELATIONSHIP),
                  Condition.in("relationship")),
              Column.condition(
                  "source", "Lead source", codes(Vocabularies.SOURCE), Condition.in("source")),
              Column.condition(
                  "listedOn",
                  "On list",
                  codes(EligibilityVocabularies.REGISTRY_LIST),
                  Condition.of("listedOn", HOLDS)),
              Column.condition(
                  "silentMonths",
                  "Silent, months: at least",
                  MONTHS,
                  Condition.of("silentMonths", AT_LEAST)),
              Column.condition(
                  "rePermissionAsked",
                  "Asked for permission again",
                  codes(Vocabulary.YES_NO),
                  Condition.in("rePermissionAsked")),
              Column.condition(
                  "ground",
                  "Ground",
                  code(EligibilityVocabularies.GROUND),
                  Condition.togetherOrAny("ground")),
              Column.condition(
                  "proof",
                  "Proof",
                  code(EligibilityVocabularies.PROOF),
                  Condition.togetherOrAny("proof")),
              Column.condition(
                  "ageMonths", "Age, months: within", MONTHS, Condition.togetherOrAny("ageMonths")),
              Column.condition(
                  "givenOrUsedMonths",
                  "Given or used, months: within",
                  MONTHS,
                  Condition.togetherOrAny("givenOrUsedMonths")),
              Column.condition(
                  "givenOrHeardMonths",
                  "Given or heard from, months: within",
                  MONTHS,
                  Condition.togetherOrAny("givenOrHeardMonths")),
              Column.condition(
                  "boughtMonths",
                  "Bought, months ago: within",
                  MONTHS,
                  Condition.of("purchaseMonths", WITHIN)),
              Column.condition(
                  "inquiredMonths",
                  "Inquired, months ago: within",
                  MONTHS,
                  Condition.of("inquiryMonths", WITHIN)),
              Column.condition(
                  "inboundHours",
                  "Wrote to us, hours: within",
                  HOURS,
                  Condition.togetherOrAny("inboundHours")),
              Column.result("result", "Result", code(EligibilityVocabularies.RESULT)),
              Column.result("basis", "Basis or code", code(EligibilityVocabularies.BASIS_OR_CODE)))
          .with(EligibilityConstraints::consent)
          .noting(CONFIDENCE);

  public static final TableDefinition SUPPRESSION =
      TableDefinition.rules(
              "eligibility",
              "Suppression",
              "Which noes close which channels",
              "Decides which channels a no of the person closes, wherever it was said.",
              HitPolicy.ALL,
              NoesInput.class,
              Column.condition(
                  "where", "Where", new CellType.Jurisdictions(true), Condition.together("where")),
              Column.condition(
                  "saidIn",
                  "Known from",
                  codes(EligibilityVocabularies.NO_SOURCE),
                  Condition.together("saidIn")),
              Column.condition(
                  "no", "What", codes(EligibilityVocabularies.NO), Condition.together("no")),
              Column.condition(
                  "madeOn",
                  "Made on",
                  codes(EligibilityVocabularies.MADE_ON),
                  Condition.together("madeOn")),
              Column.condition(
                  "consentSince",
                  "Express consent since",
                  codes(Vocabulary.YES_NO),
                  Condition.together("consentSince")),
              CHANNEL,
              CODE)
          .with(EligibilityConstraints::suppression)
          .noting(CONFIDENCE);

  public static final TableDefinition HOURS_TABLE =
      TableDefinition.rules(
              "eligibility",
              "Hours",
              "When a channel may be used",
              "Decides the permitted hours, in the person's local time; every row that holds must be open in every zone in which a person may be."
                  + " From is inside, to is outside.",
              HitPolicy.ALL,
              PlaceInput.class,
              WHERE,
              CHANNEL,
              Column.condition(
                  "itself",
                  "Nothing closer known",
                  codes(Vocabulary.YES_NO),
                  Condition.in("itself")),
              Column.condition(
                  "zoneKnown",
                  "Time zone known",
                  codes(Vocabulary.YES_NO),
                  Condition.in("zoneKnown")),
              Column.result("weekdayFrom", "Mon–Fri: from", TIME),
              Column.result("weekdayTo", "Mon–Fri: to", TIME),
              Column.result("saturdayFrom", "Saturday: from", TIME),
              Column.result("saturdayTo", "Saturday: to", TIME),
              Column.result("sundayFrom", "Sunday: from", TIME),
              Column.result("sundayTo", "Sunday: to", TIME),
              Column.result("breakFrom", "Break: from", TIME),
              Column.result("breakTo", "Break: to", TIME),
              Column.result("holidays", "Closed on holidays of", new CellType.Jurisdictions(false)),
              Column.result("zones", "Also read in", new CellType.Zones(true)))
          .noting(CONFIDENCE);

  public static final TableDefinition CAPS =
      TableDefinition.rules(
              "eligibility",
              "Caps",
              "How many touches are enough",
              "Decides when a person has had enough: touches in a rolling window that ends now, attempts included."
                  + " Noes count where they were said on the channel or for all.",
              HitPolicy.ALL,
              PlaceInput.class,
              WHERE,
              CHANNEL,
              Column.condition(
                  "silentDays",
                  "Silent, days: more than, or unknown",
                  new CellType.WholeNumber(0, 36_500),
                  Condition.days("silentMs", OLDER_THAN)),
              Column.condition(
                  "counted",
                  "Counted",
                  codes(EligibilityVocabularies.COUNTED),
                  Condition.togetherAlways("counted")),
              Column.condition(
                  "windowHours", "Window, hours", HOURS, Condition.togetherAlways("windowHours")),
              Column.condition(
                  "touches",
                  "Touches: at least",
                  new CellType.WholeNumber(1, 1000),
                  Condition.togetherAlways("touches")),
              CODE)
          .with(EligibilityConstraints::caps)
          .noting(CONFIDENCE);

  public static final TableDefinition ADDRESS =
      TableDefinition.rules(
          "eligibility",
          "Address",
          "Which addresses can be used",
          "Decides which states of an address close its channel.",
          HitPolicy.ALL,
          PersonInput.class,
          CHANNEL,
          Column.condition(
              "reach",
              "Address is",
              codes(EligibilityVocabularies.REACH),
              Condition.in("reach").ofChannel()),
          CODE);

  public static final TableDefinition REGISTRIES =
      TableDefinition.rules(
              "eligibility",
              "Registries",
              "Which lists must be asked",
              "Decides which lists must have been asked, how recently, and what their answer closes.",
              HitPolicy.ALL,
              PlaceInput.class,
              WHERE,
              CHANNEL,
              BUSINESS,
              SUBSCRIBER,
              Column.condition(
                  "list",
                  "List",
                  code(EligibilityVocabularies.REGISTRY_LIST),
                  Condition.togetherAlways("list")),
              Column.condition(
                  "answer",
                  "Answer",
                  codes(EligibilityVocabularies.REGISTRY_ANSWER),
                  Condition.together("answer")),
              Column.condition(
                  "checkedDays",
                  "Asked, days ago: more than, or never",
                  new CellType.WholeNumber(0, 3650),
                  Condition.togetherOrAny("checkedDays")),
              Column.condition(
                  "expressConsent",
                  "Express consent",
                  codes(EligibilityVocabularies.EXPRESS_CONSENT),
                  Condition.in("expressConsent").ofChannel()),
              Column.condition(
                  "consentMonths",
                  "No express consent, months: within",
                  MONTHS,
                  Condition.of("consentMonths", NOT_WITHIN).ofChannel()),
              Column.condition(
                  "purchaseMonths",
                  "No purchase, months: within",
                  MONTHS,
                  Condition.of("purchaseMonths", NOT_WITHIN)),
              Column.condition(
                  "inquiryMonths",
                  "No inquiry, months: within",
                  MONTHS,
                  Condition.of("inquiryMonths", NOT_WITHIN)),
              CODE)
          .with(EligibilityConstraints::registries)
          .noting(CONFIDENCE);

  public static final TableDefinition HOLDS_TABLE =
      TableDefinition.rules(
          "eligibility",
          "Holds",
          "What else closes a channel",
          "Decides which other circumstances close a channel: escalations, channel health, value, privacy signals, zone data.",
          HitPolicy.ALL,
          PersonInput.class,
          CHANNEL,
          Column.condition(
              "openEscalation",
              "Open escalation",
              codes(Vocabulary.YES_NO),
              Condition.in("openEscalation")),
          Column.condition(
              "health",
              "Channel health",
              codes(Vocabularies.HEALTH),
              Condition.in("health").ofChannel()),
          Column.condition(
              "tier",
              "Tier: at least",
              new CellType.WholeNumber(1, 9),
              Condition.of("tier", AT_LEAST)),
          Column.condition(
              "privacyControl",
              "Global privacy control",
              codes(Vocabulary.YES_NO),
              Condition.in("privacyControl")),
          Column.condition(
              "zoneData",
              "Zone data",
              codes(EligibilityVocabularies.ZONE_DATA),
              Condition.in("zoneData")),
          CODE);

  public static final TableDefinition ELEMENTS =
      TableDefinition.rules(
              "eligibility",
              "Elements",
              "What every message must carry",
              "Decides the elements that a message on a channel must carry in a jurisdiction.",
              HitPolicy.ALL,
              PlaceInput.class,
              WHERE,
              CHANNEL,
              Column.result("elements", "Elements", codes(EligibilityVocabularies.ELEMENT)))
          .noting(CONFIDENCE);

  public static final TableDefinition REVOCATIONS =
      TableDefinition.lookup(
              "eligibility",
              "Revocations",
              "By when a no must have been obeyed",
              "Records the deadlines of the law. Rekindle obeys at once, so nothing is decided here: these are the clocks that an audit looks at.",
              Column.key("where", "Where", new CellType.Jurisdictions(true)),
              Column.key("channel", "Channel", codes(Vocabularies.CHANNEL)),
              Column.key("setBy", "Set by", code(EligibilityVocabularies.DEADLINE_SET_BY)),
              Column.result("within", "Within", new CellType.WholeNumber(0, 3650)),
              Column.result("unit", "Counted in", code(EligibilityVocabularies.DEADLINE_UNIT)),
              Column.result(
                  "holidays", "Legal count skips holidays of", new CellType.Jurisdictions(false)))
          .noting(CONFIDENCE);

  public static final List<TableDefinition> ALL =
      List.of(
          CONSENT,
          SUPPRESSION,
          HOURS_TABLE,
          CAPS,
          ADDRESS,
          REGISTRIES,
          HOLDS_TABLE,
          ELEMENTS,
          REVOCATIONS);

  private EligibilityTables() {}

  private static CellType codes(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, true);
  }

  private static CellType code(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, false);
  }
}
