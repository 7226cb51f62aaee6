package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a facts document says at an instant: what is dated later is not yet known. */
record Known(JsonNode facts, Instant asOf) {

  /** The outcomes with which a touch counts for caps: from reserved on, unless it never left. */
  private static final Set<String> COUNTED =
      Set.of("reserved", "handed_over", "in_doubt", "delivered", "bounced");

  /** A consent as stored, good or not. */
  record Consent(
      String channel,
      String basis,
      @Nullable Instant capturedAt,
      boolean proven,
      boolean notice,
      @Nullable Instant withdrawnAt) {

    /** Whether it stands: proven, and neither withdrawn nor captured after its withdrawal. */
    boolean stands() {
      return proven && withdrawnAt == null;
    }

    boolean express() {
      return Set.of("express", "express_written", "double_opt_in").contains(basis);
    }
  }

  record Suppression(String scope, String reason, @Nullable Instant until) {}

  record Touch(String channel, String sequence, Instant at) {}

  record Response(@Nullable String channel, String kind, @Nullable String disposition, Instant at) {
    boolean refusal() {
      return Set.of("opt_out", "complaint").contains(kind)
          || (kind.equals("reply") && "negative".equals(disposition));
    }
  }

  @Nullable String text(String group, String name) {
    return facts.path(group).path(name).textValue();
  }

  boolean flag(String group, String name) {
    return facts.path(group).path(name).asBoolean(false);
  }

  List<String> texts(String group, String name) {
    var texts = new ArrayList<String>();
    facts.path(group).path(name).forEach(node -> texts.add(node.asText()));
    return texts;
  }

  /** An instant, or null if there is none or it lies ahead. */
  @Nullable Instant past(JsonNode node) {
    Instant at = instant(node);
    return at == null || at.isAfter(asOf) ? null : at;
  }

  static @Nullable Instant instant(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.textValue()) : null;
  }

  List<Consent> consents() {
    var consents = new ArrayList<Consent>();
    for (JsonNode node : facts.path("consents")) {
      Instant captured = instant(node.path("capturedAt"));
      if (captured == null || !captured.isAfter(asOf)) {
        consents.add(
            new Consent(
                node.path("channel").asText(),
                node.path("basis").asText(),
                captured,
                captured != null
                    && node.path("method").isTextual()
                    && node.path("textShown").asBoolean(false),
                node.path("noticeAtCollection").asBoolean(false),
                past(node.path("withdrawnAt"))));
      }
    }
    return consents;
  }

  /** The suppressions in force. */
  List<Suppression> suppressions() {
    var suppressions = new ArrayList<Suppression>();
    for (JsonNode node : facts.path("suppressions")) {
      Instant until = instant(node.path("until"));
      if (past(node.path("since")) != null && (until == null || asOf.isBefore(until))) {
        suppressions.add(
            new Suppression(node.path("scope").asText(), node.path("reason").asText(), until));
      }
    }
    return suppressions;
  }

  /** When the person asked, in so many words, for no more calls or for no more of anything. */
  List<Instant> refusals() {
    var refusals = new ArrayList<Instant>();
    for (JsonNode node : facts.path("suppressions")) {
      Instant since = past(node.path("since"));
      if (since != null
          && Set.of("phone", "all").contains(node.path("scope").asText())
          && Set.of("opt_out", "complaint", "not_interested")
              .contains(node.path("reason").asText())) {
        refusals.add(since);
      }
    }
    for (Response response : responses()) {
      if (response.refusal()
          && (response.channel() == null || "phone".equals(response.channel()))) {
        refusals.add(response.at());
      }
    }
    for (Consent consent : consents()) {
      if (consent.channel().equals("phone") && consent.withdrawnAt() != null) {
        refusals.add(consent.withdrawnAt());
      }
    }
    return refusals;
  }

  /** The touches that count, in no order. */
  List<Touch> touches() {
    var touches = new ArrayList<Touch>();
    for (JsonNode node : facts.path("touches")) {
      Instant at = past(node.path("at"));
      if (at != null && COUNTED.contains(node.path("outcome").asText())) {
        touches.add(new Touch(node.path("channel").asText(), node.path("sequence").asText(), at));
      }
    }
    return touches;
  }

  /** The responses of people; what a machine answered is none. */
  List<Response> responses() {
    var responses = new ArrayList<Response>();
    for (JsonNode node : facts.path("responses")) {
      Instant at = past(node.path("at"));
      String disposition = node.path("disposition").textValue();
      if (at != null && !"automatic".equals(disposition)) {
        responses.add(
            new Response(
                node.path("channel").textValue(), node.path("kind").asText(), disposition, at));
      }
    }
    return responses;
  }

  /** The last order. A running subscription, or the end of one, is none: that is the stricter. */
  @Nullable Instant lastPurchase() {
    return past(facts.path("lifecycle").path("orders").path("lastPurchaseAt"));
  }

  /**
   * Until when a subscription that was paid for ran; now if it still runs or its end lies ahead,
   * null if unknown. A trial is no purchase, whether it runs or has ended.
   */
  @Nullable Instant subscribedUntil() {
    JsonNode subscription = facts.path("lifecycle").path("subscription");
    Instant endedAt = instant(subscription.path("endedAt"));
    String status = subscription.path("status").asText("");
    if (endedAt != null && endedAt.isAfter(asOf) && !status.equals("trial")) {
      return asOf;
    }
    return switch (status) {
      case "active", "past_due", "paused" -> asOf;
      case "cancelled", "lapsed" -> endedAt;
      default -> null;
    };
  }

  @Nullable Instant lastInquiry() {
    return past(facts.path("contact").path("lastInquiryAt"));
  }

  /** The last thing the person did that anybody knows of; an opened e-mail is nothing. */
  @Nullable Instant lastHeard() {
    JsonNode contact = facts.path("contact");
    Instant heard =
        later(
            past(contact.path("lastEngagementAt")),
            past(facts.path("lifecycle").path("lastLoginAt")),
            lastInquiry(),
            lastPurchase());
    for (JsonNode inbound : contact.path("lastInboundAt")) {
      heard = later(heard, past(inbound));
    }
    for (Response response : responses()) {
      if (Set.of("click", "reply", "booking", "purchase", "login").contains(response.kind())) {
        heard = later(heard, response.at());
      }
    }
    return heard;
  }

  @Nullable Instant lastInbound(String channel) {
    return past(facts.path("contact").path("lastInboundAt").path(channel));
  }

  boolean customer() {
    String relationship = text("contact", "relationship");
    return "customer".equals(relationship) || "former_customer".equals(relationship);
  }

  /** Whether a company is meant and its own address; who is not known to be one is a person. */
  boolean company() {
    return "b2b".equals(text("contact", "business"))
        && "corporate".equals(text("contact", "subscriberType"));
  }

  /** Whether a consent to the channel stands whose basis is one of these. */
  boolean consented(String channel, String... bases) {
    return consentedAt(channel, bases) != null;
  }

  /** When the newest standing consent to the channel with one of these bases was given. */
  @Nullable Instant consentedAt(String channel, String... bases) {
    return consents().stream()
        .filter(Consent::stands)
        .filter(consent -> consent.channel().equals(channel))
        .filter(consent -> Set.of(bases).contains(consent.basis()))
        .map(consent -> Objects.requireNonNull(consent.capturedAt()))
        .max(Instant::compareTo)
        .orElse(null);
  }

  static @Nullable Instant later(@Nullable Instant... instants) {
    Instant latest = null;
    for (Instant instant : instants) {
      if (instant != null && (latest == null || instant.isAfter(latest))) {
        latest = instant;
      }
    }
    return latest;
  }
}
