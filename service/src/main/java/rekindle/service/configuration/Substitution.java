package rekindle.service.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringSubstitutor;

/**
 * Puts environment variables in place of {@code ${NAME:-default}} in the values of a configuration,
 * and remembers which value came from which. It works on values, not on text: whatever stands in a
 * variable stays one value. An empty variable counts as none.
 */
final class Substitution {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_.]+)");

  private final Map<String, String> environment;
  private final StringSubstitutor substitutor;
  private final Map<String, String> origins = new LinkedHashMap<>();

  Substitution(Map<String, String> environment) {
    this.environment = environment;
    this.substitutor =
        new StringSubstitutor(name -> value(name).orElse(null))
            .setDisableSubstitutionInValues(true)
            .setEnableUndefinedVariableException(true);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Where the value at a path came from, for a message: {@code " (from REKINDLE_PORT)"}. */
  String origin(String path) {
    String name = origins.get(path);
    return name == null ? "" : " (from " + name + ")";
  }

  JsonNode apply(JsonNode node, Faults faults) {
    return apply(node, "", faults);
  }

  private JsonNode apply(JsonNode node, String path, Faults faults) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        object.set(name, apply(object.get(name), Faults.child(path, name), faults));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, apply(array.get(i), path + "[" + i + "]", faults));
      }
    } else if (node.isTextual() && node.textValue().contains("${")) {
      return substitute(node.textValue(), path, faults);
    }
    return node;
  }

  private JsonNode substitute(String text, String path, Faults faults) {
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String name = variable.group(1);
      if (value(name).isPresent()) {
        origins.merge(path, name, (a, b) -> a + ", " + b);
      }
    }
    try {
      return TextNode.valueOf(substitutor.replace(text));
    } catch (IllegalArgumentException e) {
      faults.addUnread(
          path,
          "the environment variable in %s is not set; set it, or give a default like ${NAME:-default}"
              .formatted(text));
      return TextNode.valueOf("");
    }
  }
}
