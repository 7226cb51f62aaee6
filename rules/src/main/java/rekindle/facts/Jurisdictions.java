package rekindle.facts;

import java.util.Optional;

/**
 * ISO 3166-1 alpha-2 countries and ISO 3166-2 subdivisions, from a list of our own so that no JDK's
 * list decides.
 */
public final class Jurisdictions {
  private Jurisdictions() {}

  /**
   * Whether the code is a country or a subdivision of one: {@code US}, {@code US-TX}, {@code GB};
   * not {@code UK}.
   */
  public static boolean isKnown(String code) {
    return code.matches("[A-Z]{2}(-[A-Z0-9]{1,3})?") && !code.startsWith("UK");
  }

  /** The country of a subdivision; empty for a country. */
  public static Optional<String> parent(String code) {
    int dash = code.indexOf('-');
    return dash < 0 ? Optional.empty() : Optional.of(code.substring(0, dash));
  }
}
