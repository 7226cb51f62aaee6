package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
  /** Who was silent for nobody knows how long may have been so for two years (US, DORMANT_24M). */
  SILENCE_OF_UNKNOWN_LENGTH("email", "Consent") {
    @Override
    boolean concerns(JsonNode facts) {
      for (JsonNode touch : facts.path("touches")) {
        if (touch.path("sequence").asText().equals("re_permission")) {
          return place(facts, "US");
        }
      }
      return false;
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

  private final String channels;
  private final String kind;

  Unsettled(String channels, String kind) {
    this.channels = channels;
    this.kind = kind;
  }

  abstract boolean concerns(JsonNode facts);

  /** The known differences that this one consists of; none if any part of it is new. */
  static Set<Unsettled> of(Difference difference, JsonNode facts) {
    var known = EnumSet.noneOf(Unsettled.class);
    for (String kind : difference.kinds()) {
      var one =
          Stream.of(values())
              .filter(line -> line.kind.equals(kind) && line.concerns(difference, facts))
              .toList();
      if (one.isEmpty()) {
        return Set.of();
      }
      known.addAll(one);
    }
    return known;
  }

  private boolean concerns(Difference difference, JsonNode facts) {
    return List.of(channels.split(" ", -1)).contains(difference.channel()) && concerns(facts);
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
