package rekindle.json;

import java.util.Collection;

/** Messages about words that are not known, for whoever finds out after a document was read. */
public final class Unknown {
  private Unknown() {}

  /** Says that a word is none of the known ones, and which was probably meant. */
  public static String word(String what, String word, Collection<String> known) {
    return Found.unknown(what, word, known);
  }
}
