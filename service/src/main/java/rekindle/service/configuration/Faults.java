package rekindle.service.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is wrong with a configuration, by path: {@code server.adminConnectors[0].port}. */
final class Faults {
  private static final int SHOWN_CHARACTERS = 60;

  private final Map<String, List<String>> byPath = new TreeMap<>();
  private final Set<String> unread = new HashSet<>();

  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void add(String path, String text) {
    byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(text);
  }

  /** Adds that the value at a path could not be read at all. */
  void addUnread(String path, String text) {
    add(path, text);
    unread.add(path);
  }

  /** Whether the value at a path, or one around it, could not be read. */
  boolean isUnread(String path) {
    return unread.stream()
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
