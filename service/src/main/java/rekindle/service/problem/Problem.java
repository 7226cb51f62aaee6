package rekindle.service.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;

/**
 * A problem detail (RFC 9457).
 *
 * @param type stable name of the kind of problem, such as {@code invalid_input}; its URI is {@code
 *     /problems/} and the name
 * @param status HTTP status
 * @param title the kind in a few words, the same each time
 * @param detail what happened, what is allowed and what to do next
 * @param errors for input errors: everything that is wrong, by RFC 6901 pointer
 * @param retryAfterSeconds when it is worth trying again; null where it is not
 */
public record Problem(
    String type,
    int status,
    String title,
    @Nullable String detail,
    List<JsonProblem> errors,
    @Nullable Integer retryAfterSeconds) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(String type, int status, String title, String detail) {
    return new Problem(type, status, title, detail, List.of(), null);
  }

  /** The request cannot be understood: everything that is wrong with it. */
  public static Problem invalidInput(List<JsonProblem> errors) {
    return new Problem(
        "invalid_input",
        400,
        "The request is not valid",
        "Correct what errors lists, and send it again.",
        errors,
        null);
  }

  public static Problem notFound(String what, String id) {
    return of("not_found", 404, "Not found", "There is no " + what + " \"" + id + "\".");
  }

  /** The service cannot take more now. */
  public static Problem overloaded(int retryAfterSeconds) {
    return new Problem(
        "overloaded",
        503,
        "The service has more to do than it can",
        "Nothing was done; send the same request again after the time in Retry-After.",
        List.of(),
        retryAfterSeconds);
  }
}
