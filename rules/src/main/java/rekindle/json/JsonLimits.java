package rekindle.json;

/**
 * What a document may be at most, so that a hostile one costs little.
 *
 * @param documentBytes length of the document; in characters where it is given as text
 * @param depth objects and lists within one another
 * @param textLength characters of one text or field name
 * @param numberLength digits, sign, point and exponent of one number
 */
public record JsonLimits(int documentBytes, int depth, int textLength, int numberLength) {
  /** 1 MiB, 32 levels, texts of 10,000 characters, numbers of 40. */
  public static final JsonLimits STANDARD = new JsonLimits(1 << 20, 32, 10_000, 40);

  public JsonLimits {
    if (documentBytes < 1 || depth < 1 || textLength < 1 || numberLength < 1) {
      throw new IllegalArgumentException("A limit is at least 1");
    }
  }
}
