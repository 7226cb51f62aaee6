package rekindle.service.configuration;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a configuration, from which faulty ones are taken out so that the rest can
 * be read; whatever is left keeps the place that it has in the file.
 */
final class ConfigurationTree {
  private final JsonNode root;

  /** The places in the file of what is left of a list. */
  private final Map<ArrayNode, List<Integer>> places = new IdentityHashMap<>();

  ConfigurationTree(JsonNode root) {
    this.root = root;
  }

  JsonNode root() {
    return root;
  }

  /**
   * A value that was taken out.
   *
   * @param path where it stands in the file
   */
  record Removed(String path, JsonNode value) {}

  /** Takes out what the references lead to; empty if there is nothing. */
  Optional<Removed> remove(List<Reference> references) {
    JsonNode parent = root;
    String path = "";
    for (int i = 0; i < references.size(); i++) {
      Reference step = references.get(i);
      @Nullable JsonNode child = child(parent, step);
      if (child == null) {
        return Optional.empty();
      }
      path = path(path, parent, step);
      if (i == references.size() - 1) {
        remove(parent, step);
        return Optional.of(new Removed(path, child));
      }
      parent = child;
    }
    return Optional.empty();
  }

  private static @Nullable JsonNode child(JsonNode parent, Reference step) {
    return step.getFieldName() == null
        ? parent.get(step.getIndex())
        : parent.get(step.getFieldName());
  }

  private String path(String path, JsonNode parent, Reference step) {
    return parent instanceof ArrayNode array
        ? path + "[" + places(array).get(step.getIndex()) + "]"
        : Faults.child(path, step.getFieldName());
  }

  private void remove(JsonNode parent, Reference step) {
    if (parent instanceof ArrayNode array) {
      places(array).remove(step.getIndex());
      array.remove(step.getIndex());
    } else if (parent instanceof ObjectNode object) {
      object.remove(step.getFieldName());
    }
  }

  private List<Integer> places(ArrayNode array) {
    return places.computeIfAbsent(
        array, a -> new ArrayList<>(IntStream.range(0, a.size()).boxed().toList()));
  }
}
