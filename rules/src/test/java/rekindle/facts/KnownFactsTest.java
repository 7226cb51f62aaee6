package rekindle.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.json.StrictJson;
import rekindle.testing.RandomFacts;

class KnownFactsTest {
  private static final Instant AS_OF = RandomFacts.AS_OF;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'contact':{'id':'c','lastEngagementAt':'LATER','lastInquiryAt':'NOW'} | 'contact':{'id':'c','lastInquiryAt':'NOW'}",
        "'contact':{'id':'c','lastInboundAt':{'email':'LATER','sms':'NOW'}} | 'contact':{'id':'c','lastInboundAt':{'sms':'NOW'}}",
        "'lifecycle':{'lastLoginAt':'LATER','orders':{'count':2,'lastPurchaseAt':'LATER'}} | 'lifecycle':{'orders':{'count':2}}",
        "'lifecycle':{'subscription':{'status':'cancelled','endedAt':'LATER','reason':'price','usageLast30Days':0}} | 'lifecycle':{'subscription':{'status':'active','usageLast30Days':0}}",
        "'lifecycle':{'deal':{'stage':'sql','outcome':'lost','closedAt':'LATER','lossReason':'price','quotedPrice':'1'}} | 'lifecycle':{'deal':{'stage':'sql','outcome':'open','quotedPrice':'1'}}",
        "'lifecycle':{'meeting':{'scheduledFor':'LATER','status':'booked'}} | SAME",
        "'history':{'winBackAt':['LATER','NOW'],'incentives':[{'code':'x','grantedAt':'LATER'},{'code':'y','grantedAt':'NOW'}]} | 'history':{'winBackAt':['NOW'],'incentives':[{'code':'y','grantedAt':'NOW'}]}",
        "'consents':[{'channel':'sms','basis':'express','capturedAt':'LATER'},{'channel':'sms','basis':'express','capturedAt':'NOW','withdrawnAt':'LATER'},{'channel':'sms','basis':'express','withdrawnAt':'NOW'}] | 'consents':[{'channel':'sms','basis':'express','capturedAt':'NOW'},{'channel':'sms','basis':'express','withdrawnAt':'NOW'}]",
        "'suppressions':[{'scope':'all','reason':'legal','since':'LATER'},{'scope':'sms','reason':'opt_out','since':'NOW','until':'LATER'}] | 'suppressions':[{'scope':'sms','reason':'opt_out','since':'NOW','until':'LATER'}]",
        "'registry':{'lists':[{'name':'us_dnc','listed':true,'checkedAt':'LATER'}],'reassigned':{'answer':'no','checkedAt':'LATER'}} | 'registry':{}",
        "'touches':[{'sequence':'s','step':2,'channel':'sms','at':'LATER','outcome':'failed'},{'sequence':'s','step':1,'channel':'sms','at':'NOW','outcome':'failed'}] | 'touches':[{'sequence':'s','step':1,'channel':'sms','at':'NOW','outcome':'failed'}]",
        "'responses':[{'at':'LATER','kind':'open'},{'at':'NOW','kind':'open'}] | 'responses':[{'at':'NOW','kind':'open'}]",
        "'triggers':[{'kind':'promotion','at':'LATER'},{'kind':'promotion','at':'NOW'}] | 'triggers':[{'kind':'promotion','at':'NOW'}]",
        "'journey':{'sequence':'s','enteredAt':'LATER'} | 'journey':null",
        "'journey':{'sequence':'s','enteredAt':'NOW','pausedUntil':'LATER','endedAt':'LATER','endReason':'engaged'} | 'journey':{'sequence':'s','enteredAt':'NOW','pausedUntil':'LATER'}",
        "'journey':{'sequence':'s','enteredAt':'NOW','endedAt':'NOW','endReason':'engaged'} | SAME",
      })
  void at_factsAhead_leavesOutTheSmallestThatCarriesThem(String given, String expected) {
    ContactFacts facts = facts(given);

    ContactFacts known = KnownFacts.at(facts, AS_OF);

    assertThat(known).isEqualTo(expected.equals("SAME") ? facts : facts(expected));
    assertThat(KnownFacts.at(facts, AS_OF.plusMillis(1))).isSameAs(facts);
  }

  @Test
  void at_randomFacts_isWhatADocumentWithoutTheFutureSays() {
    int changed = 0;
    for (long seed = 0; seed < 2000; seed++) {
      ContactFacts facts = RandomFacts.of(seed);
      Instant asOf = AS_OF.minus(Duration.ofHours(new Random(seed).nextInt(3000)));
      JsonNode document = StrictJson.read(FactsWriter.write(facts));
      removeFuture(document, asOf);

      ContactFacts known = KnownFacts.at(facts, asOf);

      assertThat(known).as("seed %d", seed).isEqualTo(FactsReader.read(document));
      assertThat(KnownFacts.at(known, asOf)).as("seed %d", seed).isSameAs(known);
      changed += known.equals(facts) ? 0 : 1;
    }
    assertThat(changed).isBetween(400, 1950);
  }

  @Test
  void at_earlierThanEverything_leavesWhatHasNoDate() {
    for (long seed = 0; seed < 500; seed++) {
      ContactFacts known =
          KnownFacts.at(RandomFacts.of(seed), Instant.parse("1970-01-01T00:00:00Z"));

      assertThat(known.touches()).isEmpty();
      assertThat(known.journey()).isNull();
      assertThat(KnownFacts.at(known, AS_OF)).as("seed %d", seed).isSameAs(known);
    }
  }

  private static ContactFacts facts(String fields) {
    String contact = fields.contains("'contact'") ? "" : "'contact':{'id':'c'},";
    return FactsReader.read(
        ("{" + contact + fields + "}")
            .replace('\'', '"')
            .replace("LATER", "2026-03-10T15:00:00.001Z")
            .replace("NOW", "2026-03-10T15:00:00Z"));
  }

  /** The definition of the contract on the document itself, told in another way than the code. */
  private static void removeFuture(JsonNode node, Instant asOf) {
    if (node instanceof ObjectNode object) {
      removeFuture(object, asOf);
    } else if (node instanceof ArrayNode array) {
      for (Iterator<JsonNode> entries = array.elements(); entries.hasNext(); ) {
        JsonNode entry = entries.next();
        if (isAhead(entry, asOf) || carriesFuture(entry, asOf)) {
          entries.remove();
        } else {
          removeFuture(entry, asOf);
        }
      }
    }
  }

  private static void removeFuture(ObjectNode object, Instant asOf) {
    for (String name : names(object)) {
      JsonNode value = object.path(name);
      boolean ahead = isAhead(value, asOf);
      if (ahead && name.equals("endedAt")) {
        object.remove(List.of("endedAt", "reason", "endReason"));
        if (!object.has("enteredAt") && !object.path("status").asText().equals("trial")) {
          object.put("status", "active");
        }
      } else if (ahead && name.equals("closedAt")) {
        object.remove(List.of("closedAt", "lossReason"));
        object.put("outcome", "open");
      } else if (ahead && !Set.of("until", "pausedUntil", "scheduledFor").contains(name)) {
        object.remove(name);
      } else if (carriesFuture(value, asOf)) {
        object.remove(name);
      } else {
        removeFuture(value, asOf);
      }
    }
  }

  private static boolean carriesFuture(JsonNode node, Instant asOf) {
    return List.of("at", "since", "capturedAt", "checkedAt", "grantedAt", "enteredAt").stream()
        .anyMatch(name -> isAhead(node.path(name), asOf));
  }

  private static boolean isAhead(JsonNode node, Instant asOf) {
    return node.isTextual()
        && node.textValue().matches("\\d{4}-\\d\\d-\\d\\dT.*Z")
        && Instant.parse(node.textValue()).isAfter(asOf);
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
