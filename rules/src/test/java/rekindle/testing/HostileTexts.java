package rekindle.testing;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cell texts that try to be more than values: quotes, code, parameters, escapes, formulas, control
 * characters, texts near to codes, very long ones. The same seed gives the same texts.
 */
public final class HostileTexts {
  private static final List<String> SEEDS =
      List.of(
          "\" || rekindle.testing.Evil.run() || \"",
          "\" || spike.Evil.run() || segment == \"Y",
          "0, eval(rekindle.testing.Evil.run())",
          "\"+rekindle.testing.Evil.run()+\"",
          "1); rekindle.testing.Evil.run(); //",
          "any\") ; eval(true) //",
          "$param",
          "$1",
          "$2,$1",
          "${param}",
          "@{row.rowNumber}",
          "@{param}",
          "#{7*7}",
          "${7*7}",
          "\\",
          "\\\\",
          "\\\"",
          "\"",
          "'",
          "`",
          "\"\"",
          "''",
          "\\u0022",
          "\\u0022 || true || \\u0022",
          "\\n",
          "\\r\\n",
          "\\0",
          "\\x22",
          "&quot;",
          "&#34;",
          "%22",
          "\\u005c\\u0022",
          "a\nend\nrule \"x\" when then rekindle.testing.Evil.run(); end\nrule \"y\"",
          "a\rend",
          "a\u2028end",
          "a\u2029end",
          "a\u0085end",
          "a\u000bend",
          "/* ",
          " */",
          "// ",
          "# ",
          "<!-- ",
          "]]>",
          "<![CDATA[x]]>",
          "<!DOCTYPE x>",
          "=cmd|' /C calc'!A0",
          "=1+1",
          "+1+1",
          "-1+1",
          "@SUM(1)",
          "=HYPERLINK(\"http://x\",\"y\")",
          "=rekindle.testing.Evil.run()",
          "{=1}",
          "'=1",
          "\t=1",
          "rule",
          "when",
          "then",
          "end",
          "eval(true)",
          "not",
          "exists",
          "forall",
          "accumulate",
          "from",
          "collect",
          "over window",
          "matches",
          "contains",
          "memberOf",
          "soundslike",
          "null",
          "true",
          "false",
          "this",
          "salience 100",
          "no-lock",
          "package x",
          "import java.lang.*",
          "global",
          "function",
          "query",
          "declare",
          "modify",
          "insert",
          "retract",
          "System.exit(1)",
          "T(java.lang.Runtime).getRuntime().exec(\"x\")",
          "new java.io.File(\"/\")",
          "{{x}}",
          "<script>",
          "../../x",
          "C:\\x",
          "/etc/passwd",
          "http://x",
          "${jndi:ldap://x}",
          "\u0000",
          "\u0001",
          "\u001b[31m",
          "\u007f",
          "\u200e",
          "\u200f",
          "\u202e",
          "\u2066",
          "\u061c",
          "\ufeff",
          "\u200b",
          "\u2060",
          "\u00ad",
          "\u00a0",
          "\u202f",
          "\u3000",
          "\ufffd",
          "\uffff",
          "\ud800",
          "\udc00",
          "\ud83d\ude00",
          "\u0130",
          "\u0131",
          "\u017f",
          "\u212a",
          "ｅｍａｉｌ",
          "еmail",
          "emаil",
          "ＵＳ",
          "US‐TX",
          "US–TX",
          "US−TX",
          "uѕ",
          "e\u0301mail",
          "１２",
          "٣",
          "१",
          "Ⅻ",
          "½",
          "1e3",
          "1E3",
          "0x10",
          "010",
          "1_000",
          "1L",
          "1d",
          "1f",
          "NaN",
          "Infinity",
          "-Infinity",
          "-0",
          "+0",
          "1.",
          ".5",
          "1,000",
          "1.000",
          "1.000,00",
          "1,000.00",
          "1 000",
          "1'000",
          "99999999999999999999",
          "-1",
          "0.1e-400",
          "50 % %",
          "%",
          "%50",
          "2026-02-30",
          "2026-13-01",
          "01/02/2026",
          "2026-1-5",
          "99999-01-01",
          "0000-00-00",
          "today",
          "24:01",
          "25:00",
          "8:60",
          "8.30",
          "8:00 PM",
          "-00:00",
          "+24:00",
          "closed; drop",
          "2026-01-01T00:00:00",
          "2026-01-01T00:00:60Z",
          "2026-01-01T00:00:00.1234Z",
          "_x000D_",
          "_x0022_",
          "_x005F_x000D_",
          "_x0000_");
  private static final List<String> KNOWN =
      List.of(
          "email",
          "sms",
          "phone",
          "linkedin",
          "whatsapp",
          "paid_media",
          "any",
          "otherwise",
          "unknown",
          "none",
          "not email",
          "email, sms",
          "not email, sms",
          "yes",
          "no",
          "closed",
          "US",
          "US-TX",
          "EU",
          "UK",
          "not US-CT",
          "America/New_York",
          "UTC",
          "USD",
          "12",
          "0,5",
          "0.5",
          "50 %",
          "2026-03-31",
          "08:00",
          "24:00",
          "-07:00",
          "+05:30",
          "2026-03-29T01:00:00Z",
          "US-S-1");
  private static final List<String> JOINTS =
      List.of("", " ", ",", ", ", ";", "\n", "\t", "\"", "'", "\\", "(", ")", "||", "\u00a0", "=");

  private HostileTexts() {}

  /** Texts without end; take as many as wanted. */
  public static Stream<String> stream(long seed) {
    var random = new Random(seed);
    return Stream.concat(
        Stream.concat(SEEDS.stream(), KNOWN.stream()), Stream.generate(() -> next(random)));
  }

  private static String next(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> pick(SEEDS, random) + pick(JOINTS, random) + pick(SEEDS, random);
      case 1 -> pick(KNOWN, random) + pick(JOINTS, random) + pick(SEEDS, random);
      case 2 -> pick(SEEDS, random) + pick(JOINTS, random) + pick(KNOWN, random);
      case 3 -> edited(pick(KNOWN, random), random);
      case 4 -> edited(pick(SEEDS, random), random);
      case 5 -> quoted(pick(KNOWN, random), random);
      case 6 -> characters(random);
      default -> random.nextInt(50) == 0 ? longText(random) : cased(pick(KNOWN, random), random);
    };
  }

  /** One to three characters put in, taken out or replaced. */
  private static String edited(String text, Random random) {
    var out = new StringBuilder(text);
    for (int edit = random.nextInt(3); edit >= 0; edit--) {
      int at = random.nextInt(out.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> out.insert(at, character(random));
        case 1 -> out.delete(at, Math.min(out.length(), at + 1));
        default -> out.replace(at, Math.min(out.length(), at + 1), "" + character(random));
      }
    }
    return out.toString();
  }

  private static String quoted(String text, Random random) {
    List<String> quotes = List.of("\"\"", "''", "“”", "‘’", "„“", "«»", "() ", "[]", "{}", "“\"");
    String pair = pick(quotes, random);
    return pair.charAt(0) + text + pair.charAt(1);
  }

  private static String cased(String text, Random random) {
    var out = new StringBuilder();
    for (char c : text.toCharArray()) {
      String one = String.valueOf(c);
      out.append(random.nextBoolean() ? one.toUpperCase(Locale.ROOT) : one);
    }
    return out.toString();
  }

  private static String characters(Random random) {
    var out = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      out.append(character(random));
    }
    return out.toString();
  }

  private static String longText(Random random) {
    return (pick(SEEDS, random) + pick(JOINTS, random)).repeat(1 + random.nextInt(3_000));
  }

  private static char character(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> (char) random.nextInt(0x20);
      case 1 -> (char) (0x20 + random.nextInt(0x60));
      case 2 -> "\"'\\$@#{}();|&=%\u00a0\u200b\u202e\u2028\ud800".charAt(random.nextInt(19));
      default -> (char) random.nextInt(0x10000);
    };
  }

  private static String pick(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
