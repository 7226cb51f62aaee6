package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Differences that are known and not settled yet: rows that are looser than the facts say. Each
 * line goes when its row is mended.
 */
enum Unsettled {
  /** The consent of a number's former holder is void, for calls as for texts (US-RND). */
  REASSIGNED_NUMBER_CALLED("phone", "Registries") {
    @Override
    boolean concerns(JsonNode facts) {
      return facts.path("registry").path("reassigned").path("answer").asText().equals("yes");
    }
  },
  /** Who may be a company may be on the corporate register: it must be asked as well (UK-V-1). */
  CORPORATE_REGISTER_NOT_ASKED("phone", "Registries") {
    @Override
    boolean concerns(JsonNode facts) {
      String type = facts.path("contact").path("subscriberType").asText("unknown");
      return place(facts, "GB") && type.equals("unknown");
    }
  },
  /** Days that stand in for holidays at the weekend are missing from Australia's calendar. */
  SUBSTITUTE_HOLIDAYS("phone", "Hours") {
    @Override
    boolean concerns(JsonNode facts) {
      return place(facts, "AU");
    }
  },
  /** Connecticut's law covers messages over the internet: written consent (XX-0, US-CT). */
  WHATSAPP_NOWHERE("whatsapp", "Consent") {
    @Override
    boolean concerns(JsonNode facts) {
      return facts.path("contact").path("jurisdictions").isEmpty();
    }
  },
  /** A complaint on one number channel reaches the others (EU-OBJ, R-CA, R-WHATS). */
  COMPLAINT_ON_A_NUMBER("sms phone whatsapp", "Suppression") {
    @Override
    boolean concerns(JsonNode facts) {
      return says(facts.path("responses"), "kind") || says(facts.path("suppressions"), "reason");
    }

    private static boolean says(JsonNode noes, String what) {
      for (JsonNode no : noes) {
        if (no.path(what).asText().equals("complaint")) {
          return true;
        }
      }
      return false;
    }
  };

  private final List<String> channels;
  private final String kind;

  Unsettled(String channels, String kind) {
    this.channels = List.of(channels.split(" ", -1));
    this.kind = kind;
  }

  abstract boolean concerns(JsonNode facts);

  /** Whether all that differs is known. */
  static boolean covers(Difference difference, JsonNode facts) {
    return difference.kinds().stream()
        .allMatch(
            kind ->
                Stream.of(values())
                    .anyMatch(
                        unsettled ->
                            unsettled.kind.equals(kind)
                                && unsettled.channels.contains(difference.channel())
                                && unsettled.concerns(facts)));
  }

  private static boolean place(JsonNode facts, String country) {
    for (JsonNode place : facts.path("contact").path("jurisdictions")) {
      if (place.asText().startsWith(country)) {
        return true;
      }
    }
    return false;
  }
}
