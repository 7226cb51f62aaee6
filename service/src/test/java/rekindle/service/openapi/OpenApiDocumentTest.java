package rekindle.service.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.service.access.Role;
import rekindle.service.intake.FileType;
import rekindle.service.problem.ProblemType;
import rekindle.testing.ContractExamples;

class OpenApiDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode DOCUMENT = OpenApiDocument.read();
  private static final Contract CONTRACT = new Contract(DOCUMENT);

  /** Problems of requests that come to no operation. */
  private static final Set<String> OF_NO_OPERATION =
      Set.of("method_not_allowed", "version_not_supported");

  @Test
  void document_asAWhole_isValidOpenApi31() throws Exception {
    try (InputStream in =
        OpenApiDocumentTest.class.getResourceAsStream("/openapi/oas-3.1.schema.json")) {
      var schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
      assertThat(schema.validate(DOCUMENT)).isEmpty();
    }
    assertThat(DOCUMENT.get("openapi").textValue()).isEqualTo("3.1.0");
  }

  @Test
  void schemas_ofComponents_areValidJsonSchemas() {
    var dialect =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012));
    for (JsonNode schema : DOCUMENT.at("/components/schemas")) {
      assertThat(dialect.validate(schema)).as("%s", schema).isEmpty();
    }
  }

  @Test
  void texts_ofThePartsInYaml_areNotTornAtACommaOrColon() {
    var torn = new ArrayList<String>();
    walk(
        DOCUMENT,
        "",
        (pointer, node) -> {
          if (node.isNull() && !pointer.matches(".*/(example|examples|enum)(/.*)?")) {
            torn.add(pointer);
          }
        });
    assertThat(torn).isEmpty();
  }

  @Test
  void references_all_leadSomewhere_andEveryComponentIsReferredTo() {
    var referred = new TreeSet<String>();
    walk(
        DOCUMENT,
        "",
        (pointer, node) -> {
          if (pointer.endsWith("/$ref")) {
            assertThat(DOCUMENT.at(node.asText().substring(1)).isMissingNode())
                .as("%s: %s", pointer, node)
                .isFalse();
            referred.add(node.asText().substring(1));
          }
        });
    for (String kind : List.of("schemas", "parameters", "headers", "responses", "examples")) {
      for (var component : DOCUMENT.at("/components/" + kind).properties()) {
        assertThat(referred).contains("/components/" + kind + "/" + component.getKey());
      }
    }
  }

  @Test
  void examples_all_fitTheirSchemas() {
    var seen = new ArrayList<String>();
    walk(
        DOCUMENT,
        "",
        (pointer, node) -> {
          // A schema may have a property that is called examples.
          if (!node.isObject() || pointer.contains("/example") || pointer.endsWith("/properties")) {
            return;
          }
          JsonNode schema = node.has("x-line") ? node.get("x-line") : node.path("schema");
          boolean isSchema = pointer.matches("/components/schemas/[^/]+");
          for (JsonNode example : examples(node)) {
            seen.add(pointer);
            for (JsonNode value : values(node, example)) {
              assertThat(CONTRACT.objections(isSchema ? node : schema, value))
                  .as("%s: %s", pointer, value)
                  .isEmpty();
            }
          }
        });
    assertThat(seen).hasSizeGreaterThan(20);
  }

  private static List<JsonNode> examples(JsonNode node) {
    var examples = new ArrayList<JsonNode>();
    if (node.has("example")) {
      examples.add(node.get("example"));
    }
    node.path("examples").forEach(example -> examples.add(CONTRACT.resolved(example).get("value")));
    return examples;
  }

  /** An example of a body of lines is a text, each of whose lines is a value. */
  private static List<JsonNode> values(JsonNode node, JsonNode example) {
    if (!node.has("x-line")) {
      return List.of(example);
    }
    return example.textValue().lines().map(OpenApiDocumentTest::parsed).toList();
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void documents_ofTheContract_fitFactsAndDecision() throws Exception {
    JsonNode schemas = DOCUMENT.at("/components/schemas");
    assertThat(CONTRACT.objections(schemas.get("Facts"), JSON.readTree(ContractExamples.facts())))
        .isEmpty();
    JsonNode decision = JSON.readTree(ContractExamples.decision());
    // The contract shows two of the six.
    ObjectNode channels = (ObjectNode) decision.get("channels");
    for (String channel : Vocabularies.CHANNEL.codes()) {
      channels.putIfAbsent(channel, channels.get("email"));
    }
    assertThat(CONTRACT.objections(schemas.get("Decision"), decision)).isEmpty();
    ((ObjectNode) decision.get("touch")).put("unsubscribeUrl", "https://example.com/u/x");
    assertThat(CONTRACT.objections(schemas.get("Decision"), decision)).isEmpty();
    ((ObjectNode) decision).set("verdict", TextNode.valueOf("perhaps"));
    assertThat(CONTRACT.objections(schemas.get("Decision"), decision)).isNotEmpty();
  }

  @Test
  void operations_all_haveNamesOfTheirOwnAndSayWhoMayCall() {
    List<String> names =
        CONTRACT.operations().values().stream()
            .map(operation -> operation.description().path("operationId").asText())
            .toList();
    assertThat(names).doesNotHaveDuplicates().doesNotContain("");
    for (var operation : CONTRACT.operations().values()) {
      JsonNode roles = operation.description().path("x-roles");
      assertThat(roles.isArray()).as(operation.name()).isTrue();
      assertThat(texts(roles)).isSubsetOf(Role.CODES.codes());
      assertThat(operation.description().path("description").asText())
          .contains(roles.isEmpty() ? "Public: takes no key." : "Role: `");
      assertThat(operation.description().path("security").isEmpty()).isEqualTo(roles.isEmpty());
    }
  }

  @Test
  void problems_all_areToldOfSomewhere() {
    Set<String> told =
        CONTRACT.operations().values().stream()
            .flatMap(operation -> operation.problems().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    for (ProblemType type : ProblemType.values()) {
      assertThat(told.contains(type.code()))
          .as(type.code())
          .isEqualTo(!OF_NO_OPERATION.contains(type.code()));
    }
  }

  @Test
  void codes_writtenByHand_areThoseOfTheVocabularies() {
    Map<String, Vocabulary> vocabularies =
        Map.ofEntries(
            Map.entry("ContactDocument/properties/business", Vocabularies.BUSINESS),
            Map.entry("ContactDocument/properties/subscriberType", Vocabularies.SUBSCRIBER_TYPE),
            Map.entry("ContactDocument/properties/relationship", Vocabularies.RELATIONSHIP),
            Map.entry("ContactDocument/properties/emailState", Vocabularies.EMAIL_REACH),
            Map.entry("ContactDocument/properties/lineType", Vocabularies.SMS_REACH),
            Map.entry("ContactDocument/properties/funnel", Vocabularies.FUNNEL),
            Map.entry("ContactConsent/properties/basis", Vocabularies.BASIS),
            Map.entry("ContactSuppression/properties/reason", Vocabularies.SUPPRESSION_REASON),
            Map.entry("ContactSubscription/properties/status", Vocabularies.SUBSCRIPTION_STATUS),
            Map.entry("ContactDeal/properties/stage", Vocabularies.DEAL_STAGE),
            Map.entry("ContactDeal/properties/outcome", Vocabularies.DEAL_OUTCOME),
            Map.entry("ContactDeal/properties/lossReason", Vocabularies.LOSS_REASON),
            Map.entry("ContactMeeting/properties/status", Vocabularies.MEETING_STATUS),
            Map.entry("ContactActivity/properties/kind", Vocabularies.RESPONSE_KIND),
            Map.entry("ContactActivity/properties/disposition", Vocabularies.DISPOSITION),
            Map.entry("FactsChannel", Vocabularies.CHANNEL),
            Map.entry("FactsScope", Vocabularies.SCOPE),
            Map.entry("Role", Role.CODES));
    vocabularies.forEach(
        (place, vocabulary) -> {
          List<String> codes = texts(DOCUMENT.at("/components/schemas/" + place + "/enum"));
          codes.remove("null");
          assertThat(codes).as(place).hasSameElementsAs(vocabulary.codes());
        });
    assertThat(texts(DOCUMENT.at("/components/schemas/FileType/enum"))).isEqualTo(FileType.codes());
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static void walk(JsonNode node, String pointer, BiConsumer<String, JsonNode> visit) {
    visit.accept(pointer, node);
    if (node.isObject()) {
      for (var field : node.properties()) {
        walk(field.getValue(), pointer + "/" + field.getKey(), visit);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), pointer + "/" + i, visit);
      }
    }
  }
}
