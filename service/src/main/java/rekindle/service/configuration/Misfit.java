package rekindle.service.configuration;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** What to say of a key or a value that does not fit. */
final class Misfit {
  private static final int NEAR = 3;

  private Misfit() {}

  /**
   * @param origin where the value came from, if not from the file
   */
  static String text(JsonMappingException e, String path, JsonNode value, String origin) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> ids =
          unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds();
      return "there is no such key."
          + suggestion(
              unknown.getPropertyName(), ids.stream().map(Object::toString).sorted().toList());
    }
    if (e instanceof InvalidTypeIdException type) {
      return "found type \"%s\"; there is no such type of %s"
          .formatted(type.getTypeId(), type.getBaseType().getRawClass().getSimpleName());
    }
    @Nullable Class<?> target =
        e instanceof MismatchedInputException mismatch
            ? mismatch.getTargetType()
            : e instanceof ValueInstantiationException refused
                ? refused.getType().getRawClass()
                : null;
    return "found %s%s; expected %s"
        .formatted(found(path, value), origin, target == null ? "another value" : expected(target));
  }

  private static String found(String path, JsonNode value) {
    return value.isObject()
        ? "a section"
        : value.isArray() ? "a list" : Faults.shown(path, value.asText());
  }

  private static String suggestion(String name, List<String> known) {
    var distance = new LevenshteinDistance(NEAR);
    Optional<String> nearest =
        known.stream()
            .filter(candidate -> distance.apply(name, candidate) >= 0)
            .min(Comparator.comparing(candidate -> distance.apply(name, candidate)));
    return nearest
        .map(word -> " Did you mean " + word + "?")
        .orElse(known.isEmpty() ? "" : " Allowed here: " + String.join(", ", known) + ".");
  }

  private static String expected(Class<?> target) {
    if (target == boolean.class || target == Boolean.class) {
      return "true or false";
    }
    if (target == int.class || target == Integer.class || target == long.class) {
      return "a whole number";
    }
    if (target == Duration.class) {
      return "a duration such as 30s or 5 minutes";
    }
    if (target == DataSize.class) {
      return "a size such as 128MiB";
    }
    if (target.isEnum()) {
      return "one of "
          + String.join(
              ", ", Arrays.stream(target.getEnumConstants()).map(Object::toString).toList());
    }
    if (Collection.class.isAssignableFrom(target)) {
      return "a list";
    }
    return target == String.class ? "a text" : "a section, " + target.getSimpleName();
  }
}
