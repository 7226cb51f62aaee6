package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import rekindle.compliance.Grounds.Ground;

/** Says of a channel whether it may be used, and what stands against it until when. */
final class ComplianceOracle {
  static final Set<String> CHANNELS =
      Set.of("email", "linkedin", "paid_media", "phone", "sms", "whatsapp");

  /** States in which an address can be used. */
  private static final Map<String, Set<String>> USABLE =
      Map.of(
          "email", Set.of("valid", "risky"),
          "sms", Set.of("mobile", "voip", "unknown"),
          "phone", Set.of("valid", "unknown"),
          "linkedin", Set.of("connected"),
          "whatsapp", Set.of("registered"),
          "paid_media", Set.of("matchable"));

  private ComplianceOracle() {}

  /**
   * The kinds of denial of a channel, each with its end.
   *
   * @param tier the person's value tier, which is no matter of law
   * @return the kinds of denial with their ends; empty if the channel may be used
   */
  static SortedMap<String, Optional<Instant>> denials(
      Question question, @Nullable Integer tier, String channel) {
    JsonNode facts = question.facts();
    var known = new Known(facts, question.asOf());
    var places = Places.of(known);
    var denials = new Denials();
    Ground ground = new Grounds(known, places).of(channel);
    boolean asked =
        known.touches().stream().anyMatch(touch -> touch.sequence().equals("re_permission"));
    if (ground == Ground.NONE || (ground == Ground.RE_PERMISSION && asked)) {
      denials.add("Consent", null);
    }
    Noes.find(known, places, channel, denials);
    Hours.find(known, places, channel, denials);
    Caps.find(known, places, channel, denials);
    Registers.find(known, places, channel, denials);
    String state = facts.path("reach").path(channel).asText("");
    if (!USABLE.getOrDefault(channel, Set.of()).contains(state)) {
      denials.add("Address", null);
    }
    if (held(known, tier, channel)) {
      denials.add("Holds", null);
    }
    return denials.ends();
  }

  private static boolean held(Known known, @Nullable Integer tier, String channel) {
    return "paused".equals(known.text("channelHealth", channel))
        || known.flag("history", "openEscalation")
        || (channel.equals("paid_media") && known.flag("contact", "globalPrivacyControl"))
        || (channel.equals("phone") && (tier == null || tier != 1));
  }
}
