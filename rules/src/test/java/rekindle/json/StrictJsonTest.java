package rekindle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @Test
  void read_everyKindOfValue_keepsThemAll() {
    var node =
        StrictJson.read(
            "{\"text\":\"a\\u00e9\\ud83d\\ude00\",\"int\":-9007199254740993,\"big\":123456789012345678901,"
                + "\"decimal\":1.10,\"yes\":true,\"no\":false,\"none\":null,\"list\":[1,[]],\"object\":{}}");

    assertThat(node)
        .hasToString(
            "{\"text\":\"aé😀\",\"int\":-9007199254740993,\"big\":123456789012345678901,"
                + "\"decimal\":1.10,\"yes\":true,\"no\":false,\"none\":null,\"list\":[1,[]],\"object\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,}| : not valid JSON at line 1, column 8, near: {\"a\":1,}",
        "{'a':1}| : not valid JSON at line 1, column 2, near: {'a':1}",
        "{\"a\":01}| : not valid JSON at line 1, column 7, near: {\"a\":01}",
        "{\"a\":NaN}| : not valid JSON at line 1, column 9, near: {\"a\":NaN}",
        "{\"a\":1} // c| : not valid JSON at line 1, column 9, near: {\"a\":1} // c",
        "{\"a\":[1,2| : the document ends too early, at line 1, column 10",
        "{\"a\":1} {}| : something follows the end of the document, at line 1, column 10",
        "{\"a\":1,\"b\":2,\"a\":3}| /a: the field is given twice",
        "{\"a/b\":{\"~\":\"\\ud83d\"}}| /a~1b/~0: the text holds half a character, \\ud83d; remove it",
        "{\"a\":\"\\ude00\\ud83d\"}| /a: the text holds half a character, \\ude00; remove it",
        "{\"a\":1e999}| /a: the number's exponent is beyond 400",
        "{\"a\":1e99999999999}| /a: the number's exponent is beyond 400",
      })
  void read_faultyDocument_saysWhereAndWhat(String document, String expected) {
    String problem = problemsOf(document.getBytes(StandardCharsets.UTF_8)).get(0);

    assertThat(problem).isEqualTo(expected.startsWith(":") ? "document" + expected : expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x1}",
        "{a:1}",
        "[1 2]",
        "{\"a\" 1}",
        "tru",
        "{\"a\":\"\t\"}",
        "\"\\x\"",
        "{\"a\":Infinity}",
        "/* c */ 1",
        "# c\n1",
        "[,]",
        "]",
        "{]",
        "\"",
        "{\"a\":\"\\u12\"}",
        "-",
        "\u00a01",
        "[1]]",
        "nul",
        "{\"a\":undefined}",
        "{\"a\":1;}"
      })
  void read_notJson_isRefused(String document) {
    assertThat(problemsOf(document.getBytes(StandardCharsets.UTF_8))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n "})
  void read_emptyDocument_saysSo(String document) {
    assertThat(problemsOf(document.getBytes(StandardCharsets.UTF_8)))
        .containsExactly("document: the document is empty; a JSON object is expected");
  }

  @Test
  void read_byteOrderMark_isSkipped() {
    assertThat(StrictJson.read("\uFEFF{}".getBytes(StandardCharsets.UTF_8))).hasToString("{}");
  }

  @Test
  void read_otherEncodings_areRefused() {
    byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
    byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

    for (byte[] bytes :
        List.of(overlong, surrogate, "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))) {
      assertThat(problemsOf(bytes))
          .containsExactly("document: the document is not UTF-8; save or send it as UTF-8");
    }
    assertThat(problemsOf("{}".getBytes(StandardCharsets.UTF_16LE))).hasSize(1);
  }

  @Test
  void read_atTheLimits_isAccepted_andBeyondThemRefusedWithTheirPointers() {
    var limits = new JsonLimits(100, 3, 5, 4);

    assertThat(StrictJson.read(bytes("{\"abcde\":[{\"a\":\"12345\",\"b\":1234}]}"), limits))
        .isNotNull();
    assertThat(problemsOf(bytes("{\"a\":[{\"b\":[]}]}"), limits))
        .containsExactly("/a/0/b: objects and lists are nested too deeply; at most 3");
    assertThat(problemsOf(bytes("{\"a\":\"123456\",\"b\":-1234,\"c\":1.234}"), limits))
        .containsExactly(
            "/a: the text has 6 characters; at most 5",
            "/b: the number has 5 digits; at most 4",
            "/c: the number has 5 digits; at most 4");
    assertThat(problemsOf(bytes("{\"abcdef\":1}"), limits))
        .containsExactly("/abcdef: the text has 6 characters; at most 5");
    assertThat(problemsOf(bytes(" ".repeat(101)), limits))
        .containsExactly("document: the document has 101 bytes; at most 100");
  }

  @Test
  void read_hundredThousandBrackets_isRefusedAtTheDepthLimit() {
    assertThat(problemsOf(bytes("[".repeat(100_000))))
        .containsExactly("/0".repeat(32) + ": objects and lists are nested too deeply; at most 32");
    assertThat(problemsOf(bytes("{\"a\":".repeat(100_000)))).hasSize(1);
  }

  @Test
  void read_millionDigits_isRefusedByLength() {
    assertThat(problemsOf(bytes("{\"a\":" + "9".repeat(1_000_000) + "}")))
        .containsExactly("/a: the number has 1000000 digits; at most 40");
  }

  @Test
  void read_manyProblems_listsTwoHundredAndCountsTheRest() {
    String document = "[" + "\"\\ud800\",".repeat(1000) + "1]";

    assertThat(problemsOf(bytes(document)))
        .hasSize(201)
        .last()
        .isEqualTo("document: and 800 more problems of this document");
  }

  @Test
  void read_damagedDocuments_neverThrowAnythingButInvalidJson() {
    byte[] good = bytes("{\"a\":[1,2.5e3,\"x\\u00e9\\n\",null,true],\"b\":{\"c\":\"é😀\"}}");
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      byte[] damaged = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        StrictJson.read(damaged);
      } catch (InvalidJson e) {
        assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> problemsOf(byte[] document) {
    return problemsOf(document, JsonLimits.STANDARD);
  }

  private static List<String> problemsOf(byte[] document, JsonLimits limits) {
    var invalid = catchThrowableOfType(InvalidJson.class, () -> StrictJson.read(document, limits));
    return invalid.problems().stream().map(JsonProblem::toString).toList();
  }
}
