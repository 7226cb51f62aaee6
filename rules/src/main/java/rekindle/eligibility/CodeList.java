package rekindle.eligibility;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of codes as a generated rule spells it; the few spellings of a release are parsed once.
 */
record CodeList(Set<String> codes, boolean negated) {
  private static final Map<String, CodeList> PARSED = new ConcurrentHashMap<>();

  static CodeList of(String spelled) {
    CodeList parsed = PARSED.get(spelled);
    // Asked for while matching, by every thread: computeIfAbsent may lock even where it finds.
    return parsed != null ? parsed : PARSED.computeIfAbsent(spelled, CodeList::parse);
  }

  /**
   * Whether the code is one of the list (after {@code !}: is known and none of it); an empty list
   * takes everything, one that only excludes the unknown everything known.
   */
  boolean takes(@Nullable String code) {
    if (isAny()) {
      return true;
    }
    return code == null
        ? codes.contains(EligibilityConstraints.UNKNOWN)
        : codes.contains(code) != negated;
  }

  /** Whether the list takes everything. */
  boolean isAny() {
    return codes.isEmpty() && !negated;
  }

  private static CodeList parse(String spelled) {
    boolean negated = spelled.startsWith("!");
    String codes = negated ? spelled.substring(1) : spelled;
    return new CodeList(codes.isEmpty() ? Set.of() : Set.of(codes.split("\\|", -1)), negated);
  }
}
