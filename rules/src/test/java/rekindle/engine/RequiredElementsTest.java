package rekindle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import rekindle.code.Jurisdictions;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.eligibility.RequiredElements;
import rekindle.eligibility.RequiredElements.Required;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsReader;

/** What is demanded of a message without a person is what decisions demand. */
class RequiredElementsTest {
  private static final Instant AS_OF = Instant.parse("2026-12-01T15:00:00Z");
  private static final List<LocalDate> DATES = List.of(LocalDate.parse("2026-12-01"));

  private final RequiredElements elements = new RequiredElements(ShippedEngine.get().release());

  private static List<List<String>> places() {
    var places = new ArrayList<List<String>>();
    Jurisdictions.all().forEach(place -> places.add(List.of(place)));
    places.add(List.of());
    places.add(List.of("US-WA", "DE"));
    places.add(List.of("CA-ON", "US"));
    return places;
  }

  @Test
  void elements_ofEmail_areThoseOfTheDecision() throws Exception {
    int compared = 0;
    for (List<String> places : places()) {
      PlannedTouch touch = ShippedEngine.get().decide(facts(places), AS_OF).touch();
      if (touch != null && touch.channel() == Channel.EMAIL) {
        compared++;
        var demanded = new TreeSet<String>();
        elements.of(Channel.EMAIL, places, DATES).forEach(one -> demanded.add(one.element()));
        assertThat(touch.requiredElements()).as("%s", places).containsExactlyElementsOf(demanded);
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private static ContactFacts facts(List<String> places) throws Exception {
    String listed = places.isEmpty() ? "" : "\"" + String.join("\",\"", places) + "\"";
    return FactsReader.read(
        """
        {"contact": {"id": "c", "program": "b2b_saas", "business": "b2b", "subscriberType": "individual",
           "relationship": "lead", "source": "webinar", "jurisdictions": [%s], "timeZones": ["Etc/UTC"],
           "lastEngagementAt": "2026-09-01T00:00:00Z", "lastInquiryAt": "2026-09-01T00:00:00Z"},
         "reach": {"email": "valid"},
         "lifecycle": {"funnel": "trial"},
         "consents": [{"channel": "email", "basis": "double_opt_in", "capturedAt": "2026-08-30T00:00:00Z",
           "method": "web_form", "textShown": true, "source": "page", "proofHash": "sha256:0",
           "noticeAtCollection": true}]}
        """
            .formatted(listed)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void demands_nameTheirRows_andExclusionsDoNotReachWhatTheyExclude() {
    assertThat(elements.of(Channel.WHATSAPP, List.of("US-TX"), DATES))
        .extracting(one -> one.hit().rule())
        .containsOnly("EL-US-WA");
    assertThat(elements.of(Channel.WHATSAPP, List.of("BR"), DATES))
        .extracting(one -> one.hit().rule())
        .containsOnly("EL-WHATSAPP");
    assertThat(elements.of(Channel.WHATSAPP, List.of(), DATES))
        .extracting(one -> one.hit().rule())
        .containsOnly("EL-XX-WHATSAPP");
    Required first = elements.of(Channel.SMS, List.of("US-FL"), DATES).get(0);
    assertThat(first.hit().reference()).isEqualTo("eligibility/Elements!14");
    assertThat(first.hit().citation()).contains("47 CFR 64.1200(a)(10)");
  }
}
