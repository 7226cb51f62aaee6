package rekindle.service.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import rekindle.code.Jurisdictions;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.service.hash.Sha256;
import rekindle.service.intake.Draw.Share;

/**
 * A ledger that nobody wrote: consents, registry answers, addresses' states, places and histories
 * for files that hold none, so that every kind of decision can be seen. For trial only, and
 * labelled so: generated consents have method and source {@code generated}, generated touches ids
 * that begin with {@code generated-}, and a contact without a source gets {@code generated}.
 *
 * <p>What a file tells is never changed. A journey depends on the contact's own lifecycle and would
 * differ between the contacts of one person, so a person who was declared, or joined under another
 * contact's name, gets none. Everything depends on the seed and the person's id (else the
 * contact's) alone, and is dated relative to {@code asOf}. Of a thousand people, shares are as the
 * code below and {@link GeneratedStory} say.
 */
public final class GeneratedLedger {
  /** The seed unless told otherwise. */
  public static final long STANDARD_SEED = 2026;

  static final String LABEL = "generated";

  private static final int FRESH_CHECK_DAYS = 28;

  private static final List<Share> EMAIL =
      List.of(
          new Share("valid", 900),
          new Share("risky", 20),
          new Share("role", 10),
          new Share("disposable", 10),
          new Share("invalid", 15),
          new Share("bounced", 15));

  private static final List<Share> LINE =
      List.of(
          new Share("mobile", 750),
          new Share("landline", 70),
          new Share("voip", 30),
          new Share("unknown", 30),
          new Share("disconnected", 20));

  private static final List<Share> REASSIGNED =
      List.of(new Share("no", 880), new Share("yes", 30), new Share("no_data", 40));

  private final long seed;
  private final Instant asOf;

  /**
   * @param asOf the instant that dates are relative to
   */
  public GeneratedLedger(long seed, Instant asOf) {
    this.seed = seed;
    this.asOf = asOf;
  }

  /** The facts with the ledger added. */
  public ContactFacts addTo(ContactFacts facts) {
    String id = facts.contact().id();
    var ofPerson = new Draw(seed, Objects.requireNonNullElse(facts.contact().personId(), id));
    var ofContact = new Draw(seed, id);
    var draft = new FactsDraft(facts);
    boolean bare = facts.reach().isEmpty();
    if (bare) {
      GeneratedPlace.add(draft, ofContact);
      addReach(draft, ofContact);
    }
    if (facts.consents().isEmpty()) {
      addConsents(draft, ofPerson);
    }
    if (facts.registry().equals(ContactFacts.NO_REGISTRY)) {
      draft.registry = registry(draft, ofPerson);
    }
    if (facts.touches().isEmpty() && facts.journey() == null) {
      GeneratedStory.of(ofPerson).add(draft, ofPerson, asOf, isOnlyContact(facts));
    }
    if (draft.source == null) {
      draft.source = LABEL;
    }
    return draft.toFacts();
  }

  private static boolean isOnlyContact(ContactFacts facts) {
    String personId = facts.contact().personId();
    return personId == null || personId.equals("p-" + facts.contact().id());
  }

  private static void addReach(FactsDraft draft, Draw draw) {
    draw.byShare("reach email", EMAIL).ifPresent(state -> draft.reach.put(Channel.EMAIL, state));
    draw.byShare("reach phone", LINE)
        .ifPresent(
            line -> {
              draft.reach.put(Channel.SMS, line);
              draft.reach.put(
                  Channel.PHONE, line.equals("disconnected") ? "disconnected" : "valid");
            });
    if (draw.holdsFor(50, "reach linkedin")) {
      draft.reach.put(Channel.LINKEDIN, "connected");
    }
    if (draw.holdsFor(150, "reach whatsapp")) {
      draft.reach.put(Channel.WHATSAPP, "registered");
    }
    if (draw.holdsFor(850, "reach paid_media")) {
      draft.reach.put(Channel.PAID_MEDIA, "matchable");
    }
  }

  /** Consents: e-mail 850 of 1,000, text messages 500, calls 250, WhatsApp 500, audiences 400. */
  private void addConsents(FactsDraft draft, Draw draw) {
    addConsent(
        draft,
        draw,
        Channel.EMAIL,
        850,
        draw.oneOf("email basis", "express", "double_opt_in", "soft_opt_in"));
    addConsent(
        draft,
        draw,
        Channel.SMS,
        500,
        draw.oneOf(
            "sms basis", "express_written", "express_written", "express_written", "express"));
    addConsent(
        draft, draw, Channel.PHONE, 250, draw.oneOf("phone basis", "express_written", "express"));
    addConsent(draft, draw, Channel.WHATSAPP, 500, "express");
    addConsent(draft, draw, Channel.PAID_MEDIA, 400, "ad_user_data");
    addConsent(draft, draw, Channel.PAID_MEDIA, 350, "ad_personalization");
  }

  private void addConsent(
      FactsDraft draft, Draw draw, Channel channel, int perMille, String basis) {
    String topic = "consent " + channel.code() + " " + basis;
    if (!draft.reach.containsKey(channel) || !draw.holdsFor(perMille, topic)) {
      return;
    }
    int ageDays = 20 + draw.below(draw.holdsFor(150, topic + " old") ? 1800 : 500, topic + " age");
    Instant capturedAt = ago(ageDays, draw, topic + " hour");
    Instant withdrawnAt =
        draw.holdsFor(40, topic + " withdrawn")
            ? ago(1 + draw.below(ageDays - 1, topic + " withdrawn age"), draw, topic)
            : null;
    draft.consents.add(
        new Consent(
            channel,
            basis,
            capturedAt,
            LABEL,
            !draw.holdsFor(40, topic + " unshown"),
            LABEL,
            "sha256:"
                + Sha256.hex(
                    (seed + draw.key() + topic).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            !draw.holdsFor(80, topic + " unnoticed"),
            withdrawnAt));
  }

  /** Checks of a number: fresh for 800 of 1,000, too old for 120, none for 80. */
  private Registry registry(FactsDraft draft, Draw draw) {
    if (!draft.reach.containsKey(Channel.PHONE)) {
      return ContactFacts.NO_REGISTRY;
    }
    int freshness = draw.below(1000, "registry");
    if (freshness >= 920) {
      return ContactFacts.NO_REGISTRY;
    }
    int days =
        freshness < 800
            ? draw.below(FRESH_CHECK_DAYS, "registry age")
            : 40 + draw.below(200, "registry age");
    Instant checkedAt = ago(days, draw, "registry hour");
    var lists = new ArrayList<ListAnswer>();
    for (String list : listsOf(draft.jurisdictions)) {
      lists.add(new ListAnswer(list, draw.holdsFor(250, list), checkedAt));
    }
    Reassigned reassigned =
        draw.byShare("reassigned", REASSIGNED)
            .map(answer -> new Reassigned(answer, checkedAt))
            .orElse(null);
    return new Registry(lists, reassigned);
  }

  private static List<String> listsOf(List<String> jurisdictions) {
    var lists = new ArrayList<String>();
    for (String jurisdiction : jurisdictions) {
      switch (Jurisdictions.parent(jurisdiction).orElse(jurisdiction)) {
        case "US" -> lists.add("us_dnc");
        case "CA" -> lists.add("ca_dncl");
        case "GB" -> lists.add("gb_tps");
        case "AU" -> lists.add("au_dncr");
        default -> {}
      }
      if (jurisdiction.equals("US-TX")) {
        lists.add("us_tx");
      }
    }
    return lists.stream().distinct().sorted().toList();
  }

  /** So many days and some hours before {@code asOf}, to the second. */
  private Instant ago(int days, Draw draw, String topic) {
    return asOf.minus(Duration.ofDays(days))
        .minusSeconds(1 + draw.below(86_000, topic))
        .truncatedTo(ChronoUnit.SECONDS);
  }
}
