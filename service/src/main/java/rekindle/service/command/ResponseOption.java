package rekindle.service.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An assumed response as an option takes it: {@code day=12,kind=reply,channel=email}. */
final class ResponseOption {
  private static final Set<String> NUMBERS = Set.of("day", "step", "hours");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private ResponseOption() {}

  /** The response as a request would hold it; empty if the text is no list of fields. */
  static Optional<ObjectNode> parse(String text) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    for (String part : text.split(",", -1)) {
      String[] field = part.split("=", 2);
      String name = field[0].strip();
      if (field.length < 2 || name.isEmpty() || response.has(name)) {
        return Optional.empty();
      }
      String value = field[1].strip();
      if (NUMBERS.contains(name) && NUMBER.matcher(value).matches()) {
        response.put(name, Integer.parseInt(value));
      } else {
        response.put(name, value);
      }
    }
    return Optional.of(response);
  }
}
