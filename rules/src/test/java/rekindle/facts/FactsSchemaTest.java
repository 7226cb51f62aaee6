package rekindle.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.json.StrictJson;
import rekindle.testing.ContractExamples;
import rekindle.testing.RandomFacts;
import rekindle.testing.Schemas;

class FactsSchemaTest {

  @Test
  void schema_exampleOfTheContract_isValid() {
    assertThat(Schemas.objections(Schemas.FACTS, ContractExamples.facts())).isEmpty();
  }

  @Test
  void schema_randomFacts_areValid() {
    for (long seed = 0; seed < 1500; seed++) {
      assertThat(Schemas.objections(Schemas.FACTS, FactsWriter.write(RandomFacts.of(seed))))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{`contact`:{}}",
        "{`contact`:null}",
        "{`contact`:{`id`:``}}",
        "{`contact`:{`id`:5}}",
        "{`contact`:{`id`:`a\\u0007b`}}",
        "{`contact`:{`id`:`c`},`name`:`x`}",
        "{`contact`:{`id`:`c`,`email`:`x`}}",
        "{`contact`:{`id`:`c`,`business`:`b2g`}}",
        "{`contact`:{`id`:`c`,`language`:`en_US`}}",
        "{`contact`:{`id`:`c`,`jurisdictions`:[`us`]}}",
        "{`contact`:{`id`:`c`,`timeZones`:[`+05:30`]}}",
        "{`contact`:{`id`:`c`,`tags`:[null]}}",
        "{`contact`:{`id`:`c`,`doNotContactScope`:[`everything`]}}",
        "{`contact`:{`id`:`c`,`lastInboundAt`:{`fax`:null}}}",
        "{`contact`:{`id`:`c`,`lastInquiryAt`:`2026-03-10`}}",
        "{`contact`:{`id`:`c`,`lastInquiryAt`:`2026-02-30T00:00:00Z`}}",
        "{`contact`:{`id`:`c`,`lastInquiryAt`:`1026-03-10T00:00:00Z`}}",
        "{`contact`:{`id`:`c`},`reach`:{`sms`:`fax`}}",
        "{`contact`:{`id`:`c`},`value`:{`lifetimeValue`:42}}",
        "{`contact`:{`id`:`c`},`value`:{`lifetimeValue`:`1e3`}}",
        "{`contact`:{`id`:`c`},`value`:{`acquisitionCost`:`-1`}}",
        "{`contact`:{`id`:`c`},`value`:{`grossMarginRate`:`1.01`}}",
        "{`contact`:{`id`:`c`},`value`:{`currency`:`usd`}}",
        "{`contact`:{`id`:`c`},`history`:{`openEscalation`:`no`}}",
        "{`contact`:{`id`:`c`},`history`:{`incentives`:[{`code`:`x`}]}}",
        "{`contact`:{`id`:`c`},`lifecycle`:{`orders`:{`count`:-1}}}",
        "{`contact`:{`id`:`c`},`lifecycle`:{`deal`:{`stage`:`SQL`}}}",
        "{`contact`:{`id`:`c`},`consents`:[{`channel`:`sms`}]}",
        "{`contact`:{`id`:`c`},`consents`:{}}",
        "{`contact`:{`id`:`c`},`suppressions`:[{`scope`:`all`,`reason`:`legal`}]}",
        "{`contact`:{`id`:`c`},`registry`:{`lists`:[{`name`:`us_dnc`,`listed`:true}]}}",
        "{`contact`:{`id`:`c`},`registry`:{`reassigned`:{`answer`:`no`}}}",
        "{`contact`:{`id`:`c`},`touches`:[{}]}",
        "{`contact`:{`id`:`c`},`responses`:[{`at`:`2026-01-01T00:00:00Z`}]}",
        "{`contact`:{`id`:`c`},`triggers`:[{`kind`:`lifecycle`}]}",
        "{`contact`:{`id`:`c`},`journey`:{`sequence`:`stalled`}}",
        "{`contact`:{`id`:`c`},`channelHealth`:{`sms`:`broken`}}",
      })
  void schemaAndReader_faultyFacts_bothRefuse(String document) {
    byte[] bytes = document.replace('`', '"').getBytes(StandardCharsets.UTF_8);

    assertThat(Schemas.objections(Schemas.FACTS, bytes)).isNotEmpty();
    assertThatThrownBy(() -> FactsReader.read(bytes)).isInstanceOf(InvalidJson.class);
  }

  @Test
  void schemaAndReader_randomlyDamagedFacts_agree() {
    for (long seed = 0; seed < 1200; seed++) {
      JsonNode document = StrictJson.read(ContractExamples.facts());
      // Only the reader knows which zones there are.
      ((ObjectNode) document.get("contact")).remove("timeZones");
      damage(document, new Random(seed));
      byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);

      assertThat(Schemas.objections(Schemas.FACTS, bytes).isEmpty())
          .as("seed %d: %s", seed, document)
          .isEqualTo(problemsOf(bytes).isEmpty());
    }
  }

  /** Puts a strange value, or none, in the place of a random one. */
  private static void damage(JsonNode document, Random random) {
    var parents = new ArrayList<JsonNode>();
    collect(document, parents);
    JsonNode parent = parents.get(random.nextInt(parents.size()));
    var strange =
        List.of(
            "null",
            "true",
            "5",
            "1.5",
            "\"\"",
            "\"x y\"",
            "\"all\"",
            "\"sms\"",
            "\"paused\"",
            "\"7.5\"",
            "\"0.1\"",
            "{}",
            "[]",
            "\"2026-01-01T00:00:00+01:00\"",
            "[{}]",
            "\"unknown\"",
            "[\"promotion\"]");
    JsonNode value = StrictJson.read(strange.get(random.nextInt(strange.size())));
    if (parent instanceof ObjectNode object) {
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      names.add("extra");
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    } else if (parent instanceof ArrayNode array && !array.isEmpty()) {
      array.set(random.nextInt(array.size()), value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> parents) {
    if (node.isContainerNode()) {
      parents.add(node);
      node.forEach(child -> collect(child, parents));
    }
  }

  private static List<JsonProblem> problemsOf(byte[] bytes) {
    try {
      FactsReader.read(bytes);
      return List.of();
    } catch (InvalidJson e) {
      return e.problems();
    }
  }
}
