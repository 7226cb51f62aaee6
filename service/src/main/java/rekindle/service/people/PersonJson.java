package rekindle.service.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import rekindle.json.Rfc3339;
import rekindle.service.store.IdentityChanges.Change;
import rekindle.service.store.PersonStore.Said;

/** The JSON of persons and of what people decided about them. */
public final class PersonJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PersonJson() {}

  /** A change of who is whom. */
  public static ObjectNode of(Change change) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", change.id().toString());
    json.put("kind", change.kind().code());
    json.put("reason", change.reason());
    json.put("client", change.client());
    json.put(
        "madeAt",
        Rfc3339.format(change.madeAt().truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
    var undone = change.undoneAt();
    json.put("undone", undone != null);
    if (undone != null) {
      json.put(
          "undoneAt", Rfc3339.format(undone.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
      json.put("undoReason", change.undoReason());
    }
    ObjectNode persons = json.putObject("persons");
    change.persons().forEach(persons::put);
    return json;
  }

  /** A document that may hold what the database wrote, numbers with fractions among it. */
  public static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static ArrayNode documents(List<String> documents) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    documents.forEach(document -> array.add(read(document)));
    return array;
  }

  static ArrayNode said(List<Said> said) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Said one : said) {
      ObjectNode json = (ObjectNode) read(one.json());
      if (!one.text().isEmpty()) {
        json.put("text", one.text());
      }
      array.add(json);
    }
    return array;
  }

  static JsonNode read(String document) {
    try {
      return JSON.readTree(document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static JsonNode read(byte[] document) {
    try {
      return JSON.readTree(document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
