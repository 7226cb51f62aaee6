package rekindle.service.intake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The known word that a person probably meant. */
final class Suggestion {
  private Suggestion() {}

  /** {@code " Did you mean email?"}, or nothing if no known word is near. */
  static String didYouMean(String word, Collection<String> known) {
    String wanted = form(word);
    int allowed = wanted.length() <= 3 ? 1 : wanted.length() <= 8 ? 2 : 3;
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - wanted.length()) <= allowed)
        .filter(candidate -> distance(wanted, form(candidate)) <= allowed)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(wanted, form(candidate)))
                .thenComparing(Comparator.naturalOrder()))
        .map(nearest -> " Did you mean " + nearest + "?")
        .orElse("");
  }

  /** The known code that differs in capitals alone, as {@link #didYouMean} says it. */
  static String sameInCapitals(String code, Collection<String> known) {
    String capitals = code.toUpperCase(Locale.ROOT);
    return known.contains(capitals) ? " Did you mean " + capitals + "?" : "";
  }

  /** {@code "a, b or c"}. */
  static String anyOf(Collection<String> words) {
    String list = words.stream().collect(Collectors.joining(", "));
    int last = list.lastIndexOf(", ");
    return last < 0 ? list : list.substring(0, last) + " or " + list.substring(last + 2);
  }

  private static String form(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
  }

  /** Insertions, deletions and replacements from one word to the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
