package rekindle.rule;

import java.util.HashSet;
import java.util.Set;

/** Remembers what its rules said to it. */
public final class ListeningInput extends StageInput {
  private final Set<String> heard = new HashSet<>();

  public boolean hears(String text) {
    heard.add(text);
    return true;
  }

  Set<String> heard() {
    return heard;
  }
}
