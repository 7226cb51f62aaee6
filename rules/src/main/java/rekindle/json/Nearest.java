package rekindle.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The word that was probably meant. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /**
   * The candidate most like the word: the same but for case, blanks, hyphens and underscores, else
   * at most a third of its letters wrong, missing, added or exchanged with a neighbour. Of equally
   * near ones the first. Empty if none is near.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = plain(word);
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      String other = plain(candidate);
      int allowed = Math.min(least - 1, candidate.length() / 3);
      if (Math.abs(other.length() - plain.length()) <= allowed) {
        int distance = distance(plain, other);
        if (distance <= allowed) {
          nearest = candidate;
          least = distance;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String plain(String word) {
    var plain = new StringBuilder(word.length());
    for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
      if (c != ' ' && c != '_' && c != '-') {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** Optimal string alignment: edits, of which an exchange of neighbours is one. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : edit(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int edit(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
