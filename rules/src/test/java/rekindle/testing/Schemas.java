package rekindle.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.List;

/** The JSON Schemas that Rekindle ships, ready to validate. */
public final class Schemas {
  public static final JsonSchema FACTS = schema("facts");
  public static final JsonSchema DECISION = schema("decision");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Schemas() {}

  /** What the schema has against a document, a line each; nothing if it is valid. */
  public static List<String> objections(JsonSchema schema, byte[] document) {
    try {
      return schema.validate(MAPPER.readTree(document)).stream()
          .map(Object::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("Not JSON", e);
    }
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(
            SchemaLocation.of("classpath:rekindle/schema/" + name + ".schema.json"),
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }
}
