package rekindle.service.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;
import rekindle.service.intake.FileType;
import rekindle.service.intake.HeaderMapping;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** Query parameters of imports. */
final class ImportParameters {
  private ImportParameters() {}

  static FileType type(@Nullable String type) {
    Optional<FileType> known = Optional.ofNullable(type).flatMap(FileType::of);
    return known.orElseThrow(
        () ->
            invalid(
                type == null
                    ? "the query parameter type is missing; " + FileType.expected("")
                    : "the query parameter type names no kind of file; "
                        + FileType.expected(type)));
  }

  /**
   * @param map each their label, a colon, and our column or {@code -}
   */
  static HeaderMapping mapping(List<String> map, @Nullable String preset) {
    var problems = new ArrayList<String>();
    Map<String, String> names = new HashMap<>();
    for (String pair : map) {
      int at = pair.lastIndexOf(':');
      if (at < 1 || at == pair.length() - 1) {
        problems.add(
            "the query parameter map takes their label, a colon, and our column or -, such as"
                + " E-Mail:email");
      } else {
        names.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
    if (preset != null && !HeaderMapping.presets().contains(preset)) {
      problems.add(
          "the query parameter preset takes one of "
              + String.join(", ", HeaderMapping.presets())
              + "; without it an export is recognised by its header row");
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(
          Problem.invalidInput(problems.stream().map(text -> new JsonProblem("", text)).toList()));
    }
    return new HeaderMapping(names, preset);
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Problem.invalidInput(List.of(new JsonProblem("", message))));
  }
}
