package rekindle.service.api;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * What was thrown and where, without any message: messages quote what was read, and databases quote
 * the statement.
 */
final class ThrownTypes {
  private static final int CAUSES_MAX = 5;
  private static final int FRAMES_MAX = 12;
  private static final List<String> CALLERS =
      List.of("jdk.internal.reflect.", "org.glassfish.jersey.server.");

  private ThrownTypes() {}

  /** What was thrown and caused by what. */
  static String names(Throwable thrown) {
    return chain(thrown, ThrownTypes::type);
  }

  /** What was thrown, caused by what, and where. */
  static String places(Throwable thrown) {
    return chain(thrown, cause -> type(cause) + frames(cause));
  }

  private static String chain(Throwable thrown, Function<Throwable, String> described) {
    var text = new StringJoiner("; caused by ");
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      text.add(described.apply(cause));
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String type(Throwable thrown) {
    String name = thrown.getClass().getName();
    return thrown instanceof SQLException failed
        ? name + " with SQLSTATE " + failed.getSQLState()
        : name;
  }

  /** Up to where the server called us. */
  private static String frames(Throwable thrown) {
    var text = new StringJoiner(" < ", " at ", "");
    text.setEmptyValue("");
    Arrays.stream(thrown.getStackTrace())
        .takeWhile(frame -> CALLERS.stream().noneMatch(frame.getClassName()::startsWith))
        .limit(FRAMES_MAX)
        .forEach(
            frame ->
                text.add(
                    frame.getClassName()
                        + "."
                        + frame.getMethodName()
                        + ":"
                        + frame.getLineNumber()));
    return text.toString();
  }
}
