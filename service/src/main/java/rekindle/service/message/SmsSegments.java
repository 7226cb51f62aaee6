package rekindle.service.message;

/**
 * How a text message is carried: in the 7-bit alphabet of GSM 03.38 if all of it is there, else in
 * UCS-2; a text that does not fit one segment loses some of each to the numbering of parts.
 *
 * @param encoding {@code gsm_7bit} or {@code ucs_2}
 * @param units septets, or units of 16 bits
 */
public record SmsSegments(String encoding, int units, int segments) {
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENDED = "\f^{}\\[~]|€";
  private static final int GSM_ALONE = 160;
  private static final int GSM_PART = 153;
  private static final int UCS_ALONE = 70;
  private static final int UCS_PART = 67;

  public static SmsSegments of(String text) {
    int[] widths = text.codePoints().map(SmsSegments::septets).toArray();
    for (int width : widths) {
      if (width == 0) {
        int[] units = text.codePoints().map(Character::charCount).toArray();
        return packed("ucs_2", units, UCS_ALONE, UCS_PART);
      }
    }
    return packed("gsm_7bit", widths, GSM_ALONE, GSM_PART);
  }

  /** 0 where the alphabet does not have it. */
  private static int septets(int character) {
    if (BASIC.indexOf(character) >= 0) {
      return 1;
    }
    return EXTENDED.indexOf(character) >= 0 ? 2 : 0;
  }

  /** A character of two units is never parted. */
  private static SmsSegments packed(String encoding, int[] widths, int alone, int part) {
    int units = 0;
    int parts = 1;
    int room = part;
    for (int width : widths) {
      units += width;
      if (width > room) {
        parts++;
        room = part;
      }
      room -= width;
    }
    return new SmsSegments(encoding, units, units <= alone ? 1 : parts);
  }
}
