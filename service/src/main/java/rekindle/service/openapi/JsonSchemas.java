package rekindle.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/**
 * Brings a JSON Schema among the components of an OpenAPI document, in a form that means the same
 * and that generators of clients understand: definitions become components, codes have a type, and
 * a text or null is one schema instead of a choice.
 */
final class JsonSchemas {
  private static final String DEFINITIONS = "$defs";
  private static final String REFERENCE = "$ref";
  private static final String LOCAL = "#/" + DEFINITIONS + "/";
  private static final String CHOICE = "anyOf";
  private static final String CODES = "enum";
  private static final String TYPE = "type";
  private static final String TEXT = "string";
  private static final String NULL = "null";

  /** What a schema that stands alone says of itself. */
  private static final Set<String> OF_DOCUMENT = Set.of("$schema", "$id", DEFINITIONS);

  private final String name;
  private final JsonNode definitions;

  private JsonSchemas(String name, JsonNode definitions) {
    this.name = name;
    this.definitions = definitions;
  }

  /** Adds a schema under its name, and its definitions each under a name that begins with that. */
  static void bundle(ObjectNode components, String name, ObjectNode schema) {
    var schemas = new JsonSchemas(name, schema.path(DEFINITIONS));
    ObjectNode root = schema.deepCopy();
    add(components, name, schemas.rewritten(root.remove(OF_DOCUMENT)));
    for (var definition : schemas.definitions.properties()) {
      add(
          components,
          schemas.component(definition.getKey()),
          schemas.rewritten(definition.getValue()));
    }
  }

  private static void add(ObjectNode components, String name, JsonNode schema) {
    if (components.replace(name, schema) != null) {
      throw new IllegalStateException("There are two schemas of the name " + name);
    }
  }

  private String component(String definition) {
    return name + Character.toUpperCase(definition.charAt(0)) + definition.substring(1);
  }

  private JsonNode rewritten(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(rewritten(element)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode copy = object.objectNode();
    for (var field : withoutChoice(object).properties()) {
      copy.set(field.getKey(), member(field.getKey(), field.getValue()));
    }
    if (copy.path(CODES).isArray() && !copy.has(TYPE)) {
      copy.set(TYPE, typeOf(copy.path(CODES)));
    }
    return copy;
  }

  private JsonNode member(String key, JsonNode value) {
    return key.equals(REFERENCE) && isLocal(value)
        ? TextNode.valueOf("#/components/schemas/" + component(definition(value)))
        : rewritten(value);
  }

  private static boolean isLocal(JsonNode reference) {
    return reference.asText().startsWith(LOCAL);
  }

  private static String definition(JsonNode reference) {
    return reference.asText().substring(LOCAL.length());
  }

  /** A choice between a text that is defined and null, as a text that may be null. */
  private ObjectNode withoutChoice(ObjectNode schema) {
    JsonNode choice = schema.path(CHOICE);
    JsonNode reference = choice.path(0).path(REFERENCE);
    boolean orNull = choice.size() == 2 && choice.path(1).path(TYPE).asText().equals(NULL);
    if (!orNull || !isLocal(reference)) {
      return schema;
    }
    JsonNode chosen = definitions.path(definition(reference));
    if (!chosen.path(TYPE).asText().equals(TEXT) || chosen.has(CODES)) {
      return schema;
    }
    ObjectNode simple = chosen.deepCopy();
    simple.set(TYPE, textOrNull());
    schema.properties().stream()
        .filter(field -> !field.getKey().equals(CHOICE))
        .forEach(field -> simple.set(field.getKey(), field.getValue()));
    return simple;
  }

  /** Codes are texts; where null stands among them, it is allowed too. */
  private static JsonNode typeOf(JsonNode codes) {
    for (JsonNode code : codes) {
      if (code.isNull()) {
        return textOrNull();
      }
    }
    return TextNode.valueOf(TEXT);
  }

  private static ArrayNode textOrNull() {
    return JsonNodeFactory.instance.arrayNode().add(TEXT).add(NULL);
  }
}
