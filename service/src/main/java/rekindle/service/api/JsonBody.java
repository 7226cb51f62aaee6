package rekindle.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import rekindle.json.InvalidJson;
import rekindle.json.JsonFields;
import rekindle.json.JsonProblems;

/**
 * A body that is one JSON document, read to the letter: an operation that takes it need not look
 * for duplicate keys, depth or encoding.
 *
 * @param bytes as they came, for fingerprints
 */
// Read once and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record JsonBody(byte[] bytes, JsonNode node) {
  /**
   * The body as an object whose fields {@code read} names.
   *
   * @throws InvalidJson with everything that is wrong with it
   */
  public <T> T as(Function<JsonFields, T> read) {
    var problems = new JsonProblems();
    JsonFields fields = JsonFields.of(node, "", problems);
    T value = read.apply(fields);
    fields.end();
    problems.throwIfAny();
    return value;
  }
}
