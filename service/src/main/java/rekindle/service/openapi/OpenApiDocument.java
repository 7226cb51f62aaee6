package rekindle.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The OpenAPI 3.1 document of the service. Its parts, one for each area, are written by hand beside
 * this class; schemas of facts and decisions come from the rules, and answers that every operation
 * may give are filled in. Thread-safe.
 */
public final class OpenApiDocument {
  private static final List<String> PARTS =
      List.of(
          "service",
          "decisions",
          "decision-example",
          "plan",
          "contacts",
          "contact-document",
          "imports",
          "events",
          "messages",
          "people",
          "touches",
          "policies",
          "impact",
          "clients");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();

  private OpenApiDocument() {}

  /** The whole document; a copy, which the caller may change. */
  public static ObjectNode read() {
    var document = JSON.createObjectNode();
    for (String part : PARTS) {
      merge(document, resource(YAML, "/rekindle/service/openapi/" + part + ".yaml"), part, "");
    }
    ObjectNode schemas = document.withObject("/components/schemas");
    JsonSchemas.bundle(schemas, "Facts", resource(JSON, "/rekindle/schema/facts.schema.json"));
    JsonSchemas.bundle(
        schemas, "Decision", resource(JSON, "/rekindle/schema/decision.schema.json"));
    Operations.complete(document);
    return document;
  }

  /** The document as it is served. */
  public static byte[] json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the document into the file that the one argument names, for generators of clients. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, json());
  }

  private static ObjectNode resource(ObjectMapper format, String name) {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not in the jar");
      }
      return format.readValue(in, ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static void merge(ObjectNode into, JsonNode from, String part, String pointer) {
    for (var field : from.properties()) {
      JsonNode there = into.get(field.getKey());
      String here = pointer + "/" + field.getKey();
      if (there == null) {
        into.set(field.getKey(), field.getValue());
      } else if (there instanceof ObjectNode object && field.getValue().isObject()) {
        merge(object, field.getValue(), part, here);
      } else {
        throw new IllegalStateException(part + ".yaml says " + here + " once more");
      }
    }
  }
}
