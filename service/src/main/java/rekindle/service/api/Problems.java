package rekindle.service.api;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.EOFException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.eclipse.jetty.http.HttpException;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.glassfish.jersey.server.ParamException;
import org.jspecify.annotations.Nullable;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** The problem that a caller is told for what was thrown. Nothing of a message goes into it. */
public final class Problems {
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final int CAUSES_MAX = 20;

  /**
   * SQLSTATEs after which the same request may succeed: serialisation failure, deadlock, lock
   * timeout, cancelled statement, shut-down, and timeouts of transactions.
   */
  private static final Set<String> PASSING_STATES =
      Set.of(
          "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

  /** Classes of SQLSTATE for a connection that failed, and for a server without resources. */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53");

  private Problems() {}

  /** The problem for what was thrown, or for the first of its causes that is known. */
  public static Problem of(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      Problem problem = known(cause);
      if (problem != null) {
        return problem;
      }
      cause = cause.getCause();
    }
    return ProblemType.INTERNAL_ERROR.problem();
  }

  private static @Nullable Problem known(Throwable thrown) {
    if (thrown instanceof ProblemException known) {
      return known.problem();
    }
    if (thrown instanceof InvalidJson invalid) {
      return Problem.invalidInput(invalid.problems());
    }
    if (thrown instanceof ConstraintViolationException violated) {
      return Problem.invalidInput(violations(violated));
    }
    if (thrown instanceof WebApplicationException refused) {
      return refused(refused);
    }
    if (thrown instanceof SQLException failed && isPassing(failed)) {
      var type = ProblemType.STORE_UNAVAILABLE;
      return type.problem(type.meaning() + " " + type.remedy(), RETRY_AFTER_SECONDS);
    }
    return arrival(thrown);
  }

  private static Problem refused(WebApplicationException refused) {
    if (refused instanceof ParamException parameter
        && !(parameter instanceof ParamException.PathParamException)) {
      return Problem.invalidInput(
          List.of(
              new JsonProblem(
                  "", "the parameter \"" + parameter.getParameterName() + "\" is not valid")));
    }
    return ProblemType.ofStatus(refused.getResponse().getStatus()).problem();
  }

  /** A request that did not arrive whole. */
  private static @Nullable Problem arrival(Throwable thrown) {
    if (thrown instanceof HttpException bad) {
      return ProblemType.ofStatus(bad.getCode()).problem();
    }
    if (thrown instanceof HeaderValueException) {
      return ProblemType.BAD_REQUEST.problem();
    }
    if (thrown instanceof TimeoutException) {
      return ProblemType.REQUEST_TIMEOUT.problem();
    }
    boolean cutOff = thrown instanceof EOFException || thrown instanceof ZipException;
    return cutOff ? ProblemType.BAD_REQUEST.problem() : null;
  }

  private static List<JsonProblem> violations(ConstraintViolationException violated) {
    return violated.getConstraintViolations().stream()
        .sorted(Comparator.comparing(violation -> violation.getPropertyPath().toString()))
        .map(
            (ConstraintViolation<?> v) ->
                new JsonProblem("", v.getPropertyPath() + " " + v.getMessage()))
        .toList();
  }

  private static boolean isPassing(SQLException failed) {
    String state = failed.getSQLState();
    return failed instanceof SQLTransientException
        || failed instanceof SQLRecoverableException
        || failed instanceof PoolExhaustedException
        || (state != null
            && (PASSING_STATES.contains(state)
                || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)))));
  }
}
