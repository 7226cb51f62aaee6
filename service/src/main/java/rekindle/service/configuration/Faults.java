package rekindle.service.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with a configuration, by path: {@code server.adminConnectors[0].port}. */
final class Faults {
  private static final int SHOWN_CHARACTERS = 60;

  private final Map<String, List<String>> byPath = new TreeMap<>();

  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void add(String path, String text) {
    byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(text);
  }

  /** Whether something is wrong at this path or above it already. */
  boolean covers(String path) {
    return byPath.keySet().stream()
        .anyMatch(
            known ->
                path.equals(known) || path.startsWith(known + ".") || path.startsWith(known + "["));
  }

  boolean isEmpty() {
    return byPath.isEmpty();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    byPath.forEach(
        (path, texts) ->
            texts.forEach(text -> lines.add(path.isEmpty() ? text : path + ": " + text)));
    return lines;
  }

  /** A value for a message; never a secret. */
  static String shown(String path, Object value) {
    String key = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (key.contains("password") || key.contains("key") || key.contains("secret")) {
      return "a value that is not shown here";
    }
    String text = String.valueOf(value);
    return "\""
        + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text)
        + "\"";
  }
}
