package rekindle.facts;

import rekindle.code.Vocabulary;

/**
 * The codes that facts may hold, each with what it means: the closed ones exactly as in the
 * contract, section 2; the open ones with the codes that people know so far. Facts documents and
 * the {@code Lists} sheets of the workbooks read the same constants.
 */
public final class Vocabularies {
  public static final Vocabulary CHANNEL =
      closed(
          "channel",
          """
          email: an e-mail message
          sms: a text message to a phone
          phone: a phone call by a person
          linkedin: a LinkedIn message, sent by hand
          whatsapp: a WhatsApp message from an approved template
          paid_media: membership in an audience for advertisements
          """);

  public static final Vocabulary SCOPE =
      closed(
          "scope",
          """
          all: every channel
          email: e-mail only
          sms: text messages only
          phone: phone calls only
          linkedin: LinkedIn only
          whatsapp: WhatsApp only
          paid_media: advertisements only
          """);

  public static final Vocabulary BUSINESS =
      closed(
          "kind of business",
          """
          b2b: the customer buys for an organisation
          b2c: the customer buys for themselves
          """);

  public static final Vocabulary SUBSCRIBER_TYPE =
      closed(
          "subscriber type",
          """
          individual: the line or address is a natural person's, sole traders included
          corporate: the line or address is a company's
          unknown: the caller says that nobody knows
          """);

  public static final Vocabulary RELATIONSHIP =
      closed(
          "relationship",
          """
          lead: never bought
          customer: has bought and still is a customer
          former_customer: has bought and is a customer no more
          """);

  public static final Vocabulary EMAIL_REACH =
      closed(
          "state of an e-mail address",
          """
          valid: it takes mail
          risky: it may not take mail
          role: an office rather than a person, such as info@
          disposable: made to be thrown away
          invalid: it is no address or takes no mail
          bounced: our mail came back for good
          """);

  public static final Vocabulary SMS_REACH =
      closed(
          "state of a number for text messages",
          """
          mobile: a mobile number
          landline: a fixed line
          voip: an internet number
          unknown: the kind of line is not known
          disconnected: the number is out of service
          """);

  public static final Vocabulary PHONE_REACH =
      closed(
          "state of a number for calls",
          """
          valid: it can be called
          unknown: nobody has tried it
          disconnected: the number is out of service
          """);

  public static final Vocabulary LINKEDIN_REACH =
      closed(
          "state of a LinkedIn profile",
          """
          connected: we are connected and can write
          not_connected: there is a profile, but no connection
          """);

  public static final Vocabulary WHATSAPP_REACH =
      closed(
          "state of a WhatsApp number",
          """
          registered: the number is on WhatsApp
          not_registered: the number is not on WhatsApp
          """);

  public static final Vocabulary PAID_MEDIA_REACH =
      closed(
          "state for audiences",
          """
          matchable: the audience platform can match the person
          not_matchable: the audience platform cannot match the person
          """);

  public static final Vocabulary SUBSCRIPTION_STATUS =
      closed(
          "subscription status",
          """
          trial: still trying, not paying yet
          active: paying
          past_due: a payment is late
          paused: put on hold by the customer
          lapsed: ran out and was not renewed
          cancelled: ended by the customer
          """);

  public static final Vocabulary DEAL_STAGE =
      closed(
          "deal stage",
          """
          mql: qualified by marketing
          sal: accepted by sales
          sql: qualified by sales
          opportunity: a real chance to sell
          proposal: an offer is on the table
          """);

  public static final Vocabulary DEAL_OUTCOME =
      closed(
          "deal outcome",
          """
          open: not decided yet
          won: the customer bought
          lost: the customer did not buy
          """);

  public static final Vocabulary LOSS_REASON =
      closed(
          "loss reason",
          """
          competitor: they bought elsewhere
          price: too dear for them
          feature_gap: something that they need was missing
          timing: not the right moment
          no_decision: they decided nothing
          other: none of these
          """);

  public static final Vocabulary MEETING_STATUS =
      closed(
          "meeting status",
          """
          booked: agreed, not held yet
          attended: it took place
          no_show: the person did not come
          cancelled: called off
          ignored: the invitation was never answered
          """);

  public static final Vocabulary FUNNEL =
      closed(
          "funnel step",
          """
          content_download: downloaded something to read
          webinar: took part in a webinar
          form_fill: filled in a form
          trial: began a trial
          quote: asked for a quote
          application: began an application
          consultation: asked for or had a consultation
          """);

  public static final Vocabulary BASIS =
      closed(
          "basis of a consent",
          """
          express_written: agreed in writing, with the words the law demands
          express: agreed in so many words
          double_opt_in: agreed, and confirmed it from the address itself
          soft_opt_in: gave the address with a purchase and could object
          ad_user_data: agreed that their data may be given to an advertising platform
          ad_personalization: agreed to personalised advertisements
          """);

  public static final Vocabulary SUPPRESSION_REASON =
      closed(
          "suppression reason",
          """
          opt_out: the person said stop
          complaint: the person reported us
          hard_bounce: the address does not exist
          not_interested: the person is not interested
          wrong_person: the address is another person's
          legal: a lawyer, a court or an authority says so
          deceased: the person has died
          minor: the person is under age
          do_not_contact: marked by us as not to be contacted
          re_permission_expired: asked to confirm and did not answer
          """);

  public static final Vocabulary REASSIGNED =
      closed(
          "answer of the reassigned numbers database",
          """
          yes: the number belongs to somebody else now
          no: the number is still the same person's
          no_data: the database does not know
          """);

  public static final Vocabulary TOUCH_OUTCOME =
      closed(
          "touch outcome",
          """
          reserved: about to be handed over
          handed_over: given to the sending platform
          in_doubt: nobody knows whether it was sent
          delivered: it arrived
          bounced: it came back
          failed: the platform refused it
          not_sent: it was called off before sending
          withheld: held back because the person is in the control group
          """);

  public static final Vocabulary RESPONSE_KIND =
      closed(
          "response kind",
          """
          open: opened the message; never counts as engagement
          click: followed a link
          reply: wrote back or answered
          booking: booked a meeting
          purchase: bought
          login: signed in
          opt_out: said stop
          complaint: reported us
          hard_bounce: the address does not exist
          soft_bounce: the message could not be delivered this time
          """);

  public static final Vocabulary DISPOSITION =
      closed(
          "disposition",
          """
          positive: wants to go on
          negative: wants no more of it
          neutral: neither
          automatic: a machine answered, such as an absence note
          """);

  public static final Vocabulary TRIGGER_KIND =
      closed(
          "trigger kind",
          """
          feature_release: something they lacked was released
          pricing_change: prices or plans changed
          integration: a connector was added
          promotion: an offer with a real end date began
          lifecycle: something happened in their own life with us
          """);

  public static final Vocabulary HEALTH =
      closed(
          "channel health",
          """
          ok: works as it should
          warned: too many bounces or complaints; watched
          paused: stopped until somebody has looked
          """);

  public static final Vocabulary PROGRAM =
      open(
          "program",
          """
          b2b_saas: software for companies, by subscription
          ecommerce: an online shop
          high_ticket: dear purchases with long research, such as hearing aids
          subscription: subscriptions for consumers
          retail: shops
          telecom: phone and internet contracts
          """);

  public static final Vocabulary SOURCE =
      open(
          "source",
          """
          harvested: collected without the person's doing; counts against a contact
          purchased_list: from a bought list; counts against a contact
          webinar: signed up for a webinar
          web_form: filled in a form on our site
          content_download: downloaded something from our site
          trade_show: met us at a fair
          referral: sent by somebody who knows us
          checkout: gave the address with a purchase
          """);

  public static final Vocabulary TAG =
      open(
          "tag",
          """
          price: too dear for them
          timing: not the right moment
          complexity: too hard to use or to introduce
          feature_gap: something that they need was missing
          competitor: they went elsewhere
          third_party_approval: somebody else had to agree and did not
          promotion: they came for an offer that ended
          """);

  public static final Vocabulary METHOD =
      open(
          "way in which a consent was given",
          """
          web_form: a form on a web page
          checkout: a box in the checkout
          phone_recording: said on a recorded call
          sms_keyword: texted a keyword
          """);

  public static final Vocabulary LIST =
      open(
          "do-not-call list",
          """
          us_dnc: the national list of the United States
          us_tx: the list of Texas
          ca_dncl: the national list of Canada
          gb_tps: the Telephone Preference Service of the United Kingdom
          au_dncr: the national list of Australia
          """);

  public static final Vocabulary SEQUENCE =
      open(
          "sequence",
          """
          stalled: for stalled deals and meetings
          standard_five: for stalled trials, quotes, applications and consultations
          no_show: for missed meetings
          closed_lost: for lost deals, on a trigger
          churned: for ended subscriptions
          churned_trigger: for ended subscriptions, on a trigger
          lapsed: for customers who stopped buying
          early_drop_off: for people who left early; education only
          re_permission: one e-mail that asks to confirm a consent
          """);

  public static final Vocabulary INCENTIVE =
      open(
          "incentive",
          """
          price_hold: the quoted price holds for 30 days
          migration_concierge: we move their data for them
          month_to_month: a restart without a term
          usage_credits: credits for use
          bundle_add: something more in the bundle
          fee_credit: credit of unused fees
          payment_plan: payment in parts
          simplified_package: a smaller, simpler package
          adaptation_programme: help to get used to it
          port_in: a credit for bringing the number along
          """);

  private Vocabularies() {}

  /** What {@code reach} may say of a channel. */
  public static Vocabulary reach(Channel channel) {
    return switch (channel) {
      case EMAIL -> EMAIL_REACH;
      case SMS -> SMS_REACH;
      case PHONE -> PHONE_REACH;
      case LINKEDIN -> LINKEDIN_REACH;
      case WHATSAPP -> WHATSAPP_REACH;
      case PAID_MEDIA -> PAID_MEDIA_REACH;
    };
  }

  private static Vocabulary closed(String name, String lines) {
    return Vocabulary.of(name, pairs(lines));
  }

  private static Vocabulary open(String name, String lines) {
    return Vocabulary.open(name, pairs(lines));
  }

  private static String[] pairs(String lines) {
    return lines.strip().split(": |\n", -1);
  }
}
