package rekindle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void of_randomTrees_equalsTheReferenceLibrary() throws Exception {
    for (long seed = 0; seed < 3000; seed++) {
      JsonNode tree = object(new Random(seed), 4);
      byte[] canonical = CanonicalJson.of(tree);

      assertThat(new String(canonical, StandardCharsets.UTF_8))
          .as("seed %d", seed)
          .isEqualTo(
              new JsonCanonicalizer(new ObjectMapper().writeValueAsString(tree))
                  .getEncodedString());
      assertThat(CanonicalJson.of(StrictJson.read(canonical)))
          .as("seed %d", seed)
          .isEqualTo(canonical);
    }
  }

  @Test
  void of_everyCharacter_equalsTheReferenceLibrary() throws Exception {
    var all = new StringBuilder();
    for (int c = 0; c < 0x11000; c++) {
      if (c < 0xD800 || c > 0xDFFF) {
        all.appendCodePoint(c);
      }
    }
    JsonNode tree = NODES.arrayNode().add(all.append("\uDBFF\uDFFF").toString());

    assertThat(new String(CanonicalJson.of(tree), StandardCharsets.UTF_8))
        .isEqualTo(
            new JsonCanonicalizer(new ObjectMapper().writeValueAsString(tree)).getEncodedString());
  }

  @Test
  void of_keysBeyondTheBasicPlane_sortsByUtf16CodeUnit() {
    // U+1F600 begins with D83D, so it comes before U+FB33 although its code point is higher.
    JsonNode tree = NODES.objectNode().put("\uFB33", 1).put("\uD83D\uDE00", 2).put("a", 3);

    assertThat(new String(CanonicalJson.of(tree), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":3,\"\uD83D\uDE00\":2,\"\uFB33\":1}");
  }

  @Test
  void writer_typedValues_writesTheProfile() {
    byte[] bytes =
        new CanonicalJson()
            .startObject()
            .key("a")
            .integer(CanonicalJson.LARGEST_INTEGER)
            .key("b")
            .decimal(new BigDecimal("4.2E+3"))
            .key("c")
            .decimal(new BigDecimal("0.80"))
            .key("d")
            .instant(Instant.parse("2026-03-10T15:00:00Z"))
            .key("e")
            .instant(Instant.parse("2026-03-10T15:00:00.007999Z"))
            .key("f")
            .text(null)
            .key("g")
            .bool(null)
            .key("h")
            .startArray()
            .startObject()
            .endObject()
            .startArray()
            .endArray()
            .nothing()
            .endArray()
            .key("i")
            .texts(Arrays.asList("\u0001\"\\/\b\t\n\f\r\u007f\u2028"))
            .endObject()
            .toBytes();

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"a\":9007199254740991,\"b\":\"4200\",\"c\":\"0.80\",\"d\":\"2026-03-10T15:00:00Z\","
                + "\"e\":\"2026-03-10T15:00:00.007Z\",\"f\":null,\"g\":null,\"h\":[{},[],null],"
                + "\"i\":[\"\\u0001\\\"\\\\/\\b\\t\\n\\f\\r\u007f\u2028\"]}");
  }

  @Test
  void writer_keysOutOfOrderOrTwice_areRefused() {
    assertThatThrownBy(() -> new CanonicalJson().startObject().key("b").nothing().key("a"))
        .hasMessage("Key a is written after b");
    assertThatThrownBy(() -> new CanonicalJson().startObject().key("a").nothing().key("a"))
        .hasMessage("Key a is written after a");
    var inner = new CanonicalJson().startObject().key("b").startObject().key("a").nothing();
    assertThatThrownBy(() -> inner.endObject().key("a")).hasMessage("Key a is written after b");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        CanonicalJson.LARGEST_INTEGER + 1,
        -CanonicalJson.LARGEST_INTEGER - 1,
        Long.MIN_VALUE
      })
  void writer_integersThatReadersWouldRound_areRefused(long number) {
    assertThatThrownBy(() -> new CanonicalJson().integer(number))
        .hasMessage("Integer beyond 2^53 - 1: " + number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.0", "1e3", "9007199254740993", "123456789012345678901"})
  void of_numbersBeyondTheProfile_areRefused(String number) {
    JsonNode node = StrictJson.read("[" + number + "]");

    assertThatThrownBy(() -> CanonicalJson.of(node)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "\uDC00", "a\uD800b", "\uD800\uD800\uDC00", "\uDC00\uD800"})
  void writer_halfSurrogatePairs_areRefused(String text) {
    assertThatThrownBy(() -> new CanonicalJson().text(text))
        .hasMessage("Half a surrogate pair in a text");
  }

  private static JsonNode object(Random random, int depth) {
    var object = NODES.objectNode();
    var keys = new TreeSet<String>();
    for (int i = random.nextInt(6); i > 0; i--) {
      keys.add(text(random));
    }
    keys.descendingSet().forEach(key -> object.set(key, value(random, depth - 1)));
    return object;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(random.nextLong() % (CanonicalJson.LARGEST_INTEGER + 1));
      case 4, 5 -> NODES.textNode(text(random));
      case 6 -> object(random, depth);
      default -> {
        var array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
    };
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int[] limits = {0x20, 0x80, 0x80, 0x800, 0x10000, 0x110000};
    for (int i = random.nextInt(8); i > 0; i--) {
      int c = random.nextInt(limits[random.nextInt(limits.length)]);
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
    }
    return text.toString();
  }
}
