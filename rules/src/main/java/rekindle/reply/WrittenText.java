package rekindle.reply;

import java.util.List;
import java.util.Locale;

/**
 * What a person wrote of an e-mail, without what the mail program added: the message that is
 * answered, and the signature. A word of ours that is quoted must not speak for the person.
 */
final class WrittenText {
  private static final List<String> INTRODUCTIONS =
      List.of("on ", "am ", "le ", "el ", "em ", "il ", "op ");
  private static final List<String> WROTE =
      List.of(
          "wrote:",
          "schrieb:",
          "a écrit :",
          "a écrit:",
          "escribió:",
          "escreveu:",
          "ha scritto:",
          "schreef:");
  private static final List<String> HEADERS =
      List.of("from:", "von:", "de :", "de:", "da:", "van:");

  private WrittenText() {}

  static String of(String mail) {
    var kept = new StringBuilder();
    String[] lines = mail.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (isEnd(line, i + 1 < lines.length ? lines[i + 1].strip() : "")) {
        break;
      }
      if (!line.startsWith(">")) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  /** Whether the rest is not the person's own: a quoted message, its header, or a signature. */
  private static boolean isEnd(String line, String next) {
    String lower = line.toLowerCase(Locale.ROOT);
    return line.equals("--")
        || (line.startsWith("-----") && line.endsWith("-----") && line.length() > 10)
        || line.startsWith("________")
        || isIntroduction(lower)
        || (isIntroductionStart(lower) && endsWithWrote(next.toLowerCase(Locale.ROOT)))
        || (HEADERS.stream().anyMatch(lower::startsWith) && isHeader(next));
  }

  private static boolean isIntroduction(String lower) {
    return isIntroductionStart(lower) && endsWithWrote(lower);
  }

  private static boolean isIntroductionStart(String lower) {
    return INTRODUCTIONS.stream().anyMatch(lower::startsWith);
  }

  private static boolean endsWithWrote(String lower) {
    return WROTE.stream().anyMatch(lower::endsWith);
  }

  private static boolean isHeader(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && colon < 20 && line.substring(0, colon).indexOf(' ') < 0;
  }
}
