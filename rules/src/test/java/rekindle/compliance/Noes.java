package rekindle.compliance;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import rekindle.compliance.Known.Consent;
import rekindle.compliance.Known.Response;
import rekindle.compliance.Known.Suppression;

/** Table D: what the person, or a duty, has said no to. */
final class Noes {
  private static final Set<String> ONE_NUMBER = Set.of("sms", "phone", "whatsapp");

  private final Known known;
  private final Places places;
  private final String channel;

  private Noes(Known known, Places places, String channel) {
    this.known = known;
    this.places = places;
    this.channel = channel;
  }

  static void find(Known known, Places places, String channel, Denials denials) {
    var noes = new Noes(known, places, channel);
    for (Suppression suppression : known.suppressions()) {
      if (noes.covers(suppression)) {
        denials.add("Suppression", suppression.until());
      }
    }
    if (noes.marked()
        || known.responses().stream().anyMatch(noes::said)
        || known.consents().stream().anyMatch(noes::withdrew)) {
      denials.add("Suppression", null);
    }
  }

  private boolean covers(Suppression no) {
    return Set.of("all", channel).contains(no.scope())
        || Set.of("deceased", "minor", "legal").contains(no.reason())
        || (no.reason().equals("opt_out") && onTheNumber(no.scope()))
        || (no.reason().equals("complaint") && reported(no.scope()))
        || (Set.of("opt_out", "complaint").contains(no.reason()) && objection(no.scope()))
        || (paid() && Set.of("opt_out", "complaint", "do_not_contact").contains(no.reason()));
  }

  /** Do-not-contact marks have no date, so nothing is later than they are. */
  private boolean marked() {
    var scopes = known.texts("contact", "doNotContactScope");
    return scopes.contains("all") || scopes.contains(channel) || (paid() && !scopes.isEmpty());
  }

  private boolean said(Response no) {
    String on = no.channel();
    if (no.kind().equals("hard_bounce")) {
      return on == null || on.equals(channel);
    }
    boolean reaches =
        on == null
            || on.equals(channel)
            || (no.kind().equals("opt_out") && onTheNumber(on))
            || (no.kind().equals("complaint") && reported(on))
            || (Set.of("opt_out", "complaint").contains(no.kind()) && (paid() || objection(on)));
    return no.refusal() && reaches && !agreedAfter(no.at());
  }

  private boolean withdrew(Consent consent) {
    Instant at = consent.withdrawnAt();
    return at != null && consent.channel().equals(channel) && !agreedAfter(at);
  }

  /** Whoever reports us on WhatsApp wants no texts either. */
  private boolean reported(String on) {
    return on.equals("whatsapp") && channel.equals("sms");
  }

  private boolean onTheNumber(String other) {
    return ONE_NUMBER.contains(other) && ONE_NUMBER.contains(channel);
  }

  /**
   * Europe, and who may live there: an objection is one to all direct marketing; Canada: to all
   * electronic messages.
   */
  private boolean objection(String on) {
    Set<String> messages = Set.of("email", "sms", "whatsapp", "linkedin");
    return places.jurisdictions().isEmpty()
        || places.jurisdictions().stream()
            .anyMatch(
                place ->
                    Places.eu(place)
                        || place.startsWith("GB")
                        || (place.startsWith("CA")
                            && messages.containsAll(Set.copyOf(List.of(on, channel)))));
  }

  private boolean paid() {
    return channel.equals("paid_media");
  }

  private boolean agreedAfter(Instant no) {
    Instant yes = known.consentedAt(channel, "express", "express_written", "double_opt_in");
    return yes != null && yes.isAfter(no);
  }
}
