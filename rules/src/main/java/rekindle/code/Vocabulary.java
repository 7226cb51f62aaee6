package rekindle.code;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The codes that a column may hold, each with what it means; the {@code Lists} sheet of a workbook
 * shows them.
 *
 * @param name what one code is, for messages: "channel"
 * @param meanings code to meaning, in the order in which people expect them
 * @param open whether other codes of the same form are allowed (a new program, a new tag)
 */
public record Vocabulary(String name, Map<String, String> meanings, boolean open) {
  /**
   * Form of every code: lower_snake_case; jurisdictions and zones have vocabularies of their own.
   */
  public static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** Yes and no, where a condition may list {@code unknown} too. */
  public static final Vocabulary YES_NO = of("answer", "yes", "it is so", "no", "it is not so");

  public Vocabulary {
    meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
  }

  /** A closed vocabulary of alternating codes and meanings. */
  public static Vocabulary of(String name, String... codesAndMeanings) {
    return new Vocabulary(name, pairs(codesAndMeanings), false);
  }

  /** A vocabulary to which table rows may add codes. */
  public static Vocabulary open(String name, String... codesAndMeanings) {
    return new Vocabulary(name, pairs(codesAndMeanings), true);
  }

  public Set<String> codes() {
    return meanings.keySet();
  }

  public boolean allows(String code) {
    return meanings.containsKey(code) || (open && CODE.matcher(code).matches());
  }

  /** The same codes and {@code none}: for conditions on things that a person need not have. */
  public Vocabulary orNone() {
    var all = new LinkedHashMap<String, String>();
    all.put("none", "there is no " + name);
    all.putAll(meanings);
    return new Vocabulary(name, all, open);
  }

  /** The same codes and those of another vocabulary: for conditions on either. */
  public Vocabulary and(Vocabulary other) {
    var all = new LinkedHashMap<>(meanings);
    all.putAll(other.meanings);
    return new Vocabulary(name, all, open);
  }

  private static Map<String, String> pairs(String... codesAndMeanings) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < codesAndMeanings.length; i += 2) {
      map.put(codesAndMeanings[i], codesAndMeanings[i + 1]);
    }
    return map;
  }
}
