package rekindle.eligibility;

import rekindle.code.Vocabulary;

/** Codes that the eligibility tables read and decide. */
public final class EligibilityVocabularies {
  public static final Vocabulary GROUND =
      Vocabulary.of(
          "ground",
          "express_written",
          "a consent in writing, kept with its proof",
          "express",
          "an express consent; a written one and a double opt-in satisfy it",
          "double_opt_in",
          "an express consent confirmed from the address itself",
          "soft_opt_in",
          "an address given at a sale, with a chance to object",
          "ad_consents",
          "consent to ad user data and to ad personalization, both",
          "purchase",
          "a purchase",
          "subscription",
          "a paid subscription; while it runs its age is nothing, then it counts from its end",
          "inquiry",
          "an inquiry or application",
          "inbound",
          "the person wrote to us on this channel");

  public static final Vocabulary PROOF =
      Vocabulary.of(
          "proof",
          "complete",
          "when, how and with which text it was given is kept; a consent without counts as absent",
          "with_notice",
          "complete, and the chance to object was offered when the address was taken");

  public static final Vocabulary RESULT =
      Vocabulary.of(
          "result",
          "allow",
          "this ground permits the channel",
          "deny",
          "nothing permits the channel");

  public static final Vocabulary DENIAL_CODE =
      Vocabulary.open(
          "denial code",
          "no_address",
          "there is no address for the channel",
          "address_invalid",
          "the address cannot be used",
          "consent_missing",
          "no ground permits the channel",
          "consent_expired",
          "the consent is too old",
          "consent_withdrawn",
          "the consent was withdrawn",
          "suppressed",
          "the person must not be contacted on this channel",
          "do_not_contact",
          "the record says do not contact",
          "do_not_call_registry",
          "the number is on a do-not-call list",
          "quiet_hours",
          "outside the permitted hours",
          "closed_day",
          "a day without permitted hours",
          "fatigue_cap",
          "enough touches for this person",
          "channel_cap",
          "enough touches on this channel",
          "spacing",
          "too soon after the last touch",
          "channel_paused",
          "the channel's health is bad",
          "relationship_expired",
          "the relationship is too old",
          "registry_stale",
          "a list was not checked, or too long ago",
          "number_reassigned",
          "the number belongs to somebody else now",
          "needs_review",
          "a person must look at it first",
          "not_for_value_tier",
          "not worth this channel",
          "not_permitted_here",
          "this channel is not permitted here",
          "manual_only",
          "only by hand",
          "unknown_jurisdiction",
          "where the person is, is not known",
          "zone_data_stale",
          "the time zone data is out of date",
          "privacy_opt_out",
          "the person opted out of ads and data sharing",
          "open_escalation",
          "a complaint or case is open",
          "re_permission_pending",
          "the person was asked to confirm and has not");

  public static final Vocabulary BASIS_OR_CODE =
      Vocabulary.open(
          "basis or code",
          "opt_out_regime",
          "permitted until the person objects",
          "express_written",
          "consent in writing",
          "express",
          "express consent",
          "purchase",
          "a recent purchase",
          "inquiry",
          "a recent inquiry",
          "inbound",
          "the person just wrote to us, and has opted in",
          "manual_contact",
          "a person may do it by hand",
          "double_opt_in",
          "express consent, confirmed from the address itself",
          "soft_opt_in",
          "an address given at a sale, with a chance to object",
          "ad_consents",
          "consent to ad user data and to ad personalization",
          "subscription",
          "a paid subscription that runs or ended lately",
          "inferred",
          "inferred from a business relationship",
          "corporate_subscriber",
          "the address is a company's",
          "re_permission_only",
          "only to ask for permission again");

  /**
   * What a no is about: reasons of suppressions, kinds of responses, a withdrawn consent, the
   * record's own scope.
   */
  public static final Vocabulary NO =
      Vocabulary.of(
          "no",
          "opt_out",
          "the person opted out",
          "complaint",
          "the person complained",
          "hard_bounce",
          "the address does not exist",
          "not_interested",
          "the person is not interested",
          "wrong_person",
          "the address belongs to somebody else",
          "legal",
          "a legal threat or case",
          "deceased",
          "the person has died",
          "minor",
          "the person is a minor",
          "do_not_contact",
          "do not contact",
          "re_permission_expired",
          "the person did not answer when asked for permission",
          "negative_reply",
          "a reply that says no",
          "withdrawal",
          "a consent that was withdrawn");

  public static final Vocabulary NO_SOURCE =
      Vocabulary.of(
          "source",
          "suppression",
          "the suppression list",
          "response",
          "a response of the person",
          "record",
          "the do-not-contact scope of a record",
          "consent",
          "a stored consent");

  public static final Vocabulary MADE_ON =
      Vocabulary.of(
          "channel or all",
          "same",
          "the channel that is asked about",
          "all",
          "every channel",
          "email",
          "e-mail",
          "linkedin",
          "LinkedIn",
          "paid_media",
          "paid-media audiences",
          "phone",
          "telephone",
          "sms",
          "text",
          "whatsapp",
          "WhatsApp");

  /** States of an address on any channel; {@code none} is no address. */
  public static final Vocabulary REACH =
      Vocabulary.of(
          "address state",
          "none",
          "there is no address",
          "valid",
          "checked and usable",
          "risky",
          "may bounce",
          "role",
          "an office, not a person",
          "disposable",
          "a throw-away address",
          "invalid",
          "cannot exist",
          "bounced",
          "came back for good",
          "mobile",
          "a mobile number",
          "landline",
          "a landline number",
          "voip",
          "an internet number",
          "unknown_line",
          "a number of which the kind is not known",
          "disconnected",
          "a number that is not in service",
          "connected",
          "connected on LinkedIn",
          "not_connected",
          "not connected on LinkedIn",
          "registered",
          "registered with WhatsApp",
          "not_registered",
          "not registered with WhatsApp",
          "matchable",
          "can be matched to an audience",
          "not_matchable",
          "cannot be matched to an audience");

  /** Touches, and noes that were said on the channel or for all. */
  public static final Vocabulary COUNTED =
      Vocabulary.of(
              "counted",
              "every_channel",
              "touches on every channel",
              "same_channel",
              "touches on this channel",
              "calls_and_texts",
              "telephone calls and texts together")
          .and(NO);

  public static final Vocabulary EXPRESS_CONSENT =
      Vocabulary.of(
          "express consent",
          "none",
          "no express consent to the channel",
          "express",
          "an express consent to the channel",
          "express_written",
          "an express consent in writing to the channel");

  public static final Vocabulary REGISTRY_LIST =
      Vocabulary.open(
          "list",
          "us_dnc",
          "the US National Do Not Call Registry",
          "us_fl",
          "the Florida do-not-call list",
          "us_pa",
          "the Pennsylvania do-not-call list",
          "us_tx",
          "the Texas no-call list",
          "us_ny_emergency",
          "the places in New York under a declared state of emergency",
          "ca_dncl",
          "the Canadian National Do Not Call List",
          "gb_tps",
          "the British Telephone Preference Service",
          "gb_ctps",
          "the British Corporate Telephone Preference Service",
          "au_dncr",
          "the Australian Do Not Call Register",
          "reassigned",
          "the US Reassigned Numbers Database");

  public static final Vocabulary REGISTRY_ANSWER =
      Vocabulary.of(
          "answer",
          "listed",
          "the number is on the list",
          "not_listed",
          "the number is not on the list",
          "yes",
          "the number was reassigned",
          "no",
          "the number was not reassigned",
          "no_data",
          "the database does not know");

  public static final Vocabulary ZONE_DATA =
      Vocabulary.of(
          "zone data",
          "ok",
          "as it must be",
          "stale",
          "a check fails, or the zone is not in the release");

  public static final Vocabulary ELEMENT =
      Vocabulary.open(
          "message element",
          "sender_identity",
          "who sends it, not disguised",
          "postal_address",
          "a valid physical postal address",
          "one_click_unsubscribe",
          "List-Unsubscribe and List-Unsubscribe-Post headers and a visible link",
          "advertisement_notice",
          "clear identification as advertising",
          "stop_notice",
          "how to stop: reply STOP",
          "brand_name",
          "the brand in the message",
          "caller_identity",
          "the caller's name, the business, and how to reach it",
          "opt_out_notice",
          "how to object",
          "contact_details",
          "a phone number, an e-mail or a web address of the sender",
          "imprint",
          "the details that German law wants of a business",
          "truthful_subject",
          "a subject without urgency that is not true",
          "registered_sender",
          "a sender registered with the carriers for this use",
          "free_stop_number",
          "the free number to which STOP is sent",
          "dlt_header",
          "the sender's registered header",
          "dlt_template",
          "the registered template",
          "approved_template",
          "a template that the platform has approved",
          "identity_in_10_seconds",
          "name, business and purpose within ten seconds, then the question whether to go on",
          "identity_in_30_seconds",
          "name, business and purpose within thirty seconds",
          "principal_phone_number",
          "the phone number of the business for which the call is made");

  /** How sure compliance staff are that a row says what the law says. */
  public static final Vocabulary CONFIDENCE =
      Vocabulary.of(
          "confidence",
          "high",
          "the text itself was read, or several sources agree",
          "medium",
          "one good source, or settled law that was not read again",
          "low",
          "sources disagree, or the law is not settled",
          "policy",
          "our own choice, stricter than any law asks");

  public static final Vocabulary DEADLINE_SET_BY =
      Vocabulary.of("setter", "law", "a law", "platform", "the rules of a platform");

  public static final Vocabulary DEADLINE_UNIT =
      Vocabulary.of(
          "unit",
          "hours",
          "hours after the no",
          "days",
          "calendar days; the day of the no is day 0",
          "business_days",
          "Monday to Friday; the day of the no is day 0");

  private EligibilityVocabularies() {}
}
