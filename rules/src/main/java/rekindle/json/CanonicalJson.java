package rekindle.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical JSON: RFC 8785 without floats. Integers lie within ±(2^53 - 1), decimals and
 * instants are strings, keys ascend by UTF-16 code unit: the caller writes them in that order and a
 * wrong order is refused, so nothing is sorted at run time. Confined to one thread.
 */
public final class CanonicalJson {
  /** The largest integer that every JSON reader keeps exactly. */
  public static final long LARGEST_INTEGER = (1L << 53) - 1;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private byte[] bytes = new byte[1024];
  private int length;
  private boolean comma;
  private final List<@Nullable String> lastKeys = new ArrayList<>();

  /**
   * The canonical form of a tree, its keys sorted.
   *
   * @throws IllegalArgumentException for a float, or an integer beyond ±(2^53 - 1)
   */
  public static byte[] of(JsonNode node) {
    var json = new CanonicalJson();
    json.node(node);
    return json.toBytes();
  }

  public CanonicalJson startObject() {
    open('{');
    lastKeys.add(null);
    return this;
  }

  public CanonicalJson endObject() {
    lastKeys.remove(lastKeys.size() - 1);
    close('}');
    return this;
  }

  public CanonicalJson startArray() {
    open('[');
    return this;
  }

  public CanonicalJson endArray() {
    close(']');
    return this;
  }

  /**
   * The key of the value that is written next.
   *
   * @throws IllegalStateException if the key does not come after the one before it
   */
  public CanonicalJson key(String key) {
    int innermost = lastKeys.size() - 1;
    String last = lastKeys.get(innermost);
    if (last != null && last.compareTo(key) >= 0) {
      throw new IllegalStateException("Key " + key + " is written after " + last);
    }
    lastKeys.set(innermost, key);
    separate();
    quoted(key);
    put(':');
    comma = false;
    return this;
  }

  public CanonicalJson text(@Nullable String value) {
    if (value == null) {
      return nothing();
    }
    separate();
    quoted(value);
    return this;
  }

  public CanonicalJson texts(Iterable<String> values) {
    startArray();
    values.forEach(this::text);
    return endArray();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException beyond ±(2^53 - 1)
   */
  public CanonicalJson integer(long value) {
    if (value > LARGEST_INTEGER || value < -LARGEST_INTEGER) {
      throw new IllegalArgumentException("Integer beyond 2^53 - 1: " + value);
    }
    separate();
    ascii(Long.toString(value));
    return this;
  }

  public CanonicalJson bool(@Nullable Boolean value) {
    if (value == null) {
      return nothing();
    }
    separate();
    put(value ? TRUE : FALSE);
    return this;
  }

  /** A decimal as a string with all its digits, trailing zeros included. */
  public CanonicalJson decimal(@Nullable BigDecimal value) {
    return text(value == null ? null : value.toPlainString());
  }

  /** An instant as {@link Rfc3339#format} writes it. */
  public CanonicalJson instant(@Nullable Instant value) {
    return text(value == null ? null : Rfc3339.format(value));
  }

  /** {@code null}. */
  public CanonicalJson nothing() {
    separate();
    put(NULL);
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** A tree as a value: its keys sorted, its numbers integers; nothing for null. */
  public CanonicalJson node(@Nullable JsonNode node) {
    if (node == null) {
      return nothing();
    }
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> {
        startArray();
        node.forEach(this::node);
        endArray();
      }
      case STRING -> text(node.textValue());
      case BOOLEAN -> bool(node.booleanValue());
      case NULL -> nothing();
      case NUMBER -> {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
          throw new IllegalArgumentException("No integer within 2^53 - 1: " + node);
        }
        integer(node.longValue());
      }
      default -> throw new IllegalArgumentException("Not JSON: " + node.getNodeType());
    }
    return this;
  }

  private void object(JsonNode node) {
    var sorted = new TreeMap<String, JsonNode>();
    node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    startObject();
    sorted.forEach(
        (key, value) -> {
          key(key);
          node(value);
        });
    endObject();
  }

  private void open(char bracket) {
    separate();
    put(bracket);
    comma = false;
  }

  private void close(char bracket) {
    put(bracket);
    comma = true;
  }

  /** Puts a comma before every value or key but the first of its object or list. */
  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void quoted(String text) {
    int chars = text.length();
    // Six bytes at most for one char, as in \u001f.
    reserve(chars * 6L + 2);
    // Nearly all characters stand for themselves; local variables make that loop fast.
    byte[] into = bytes;
    int at = length;
    into[at++] = '"';
    int i = 0;
    while (i < chars && isPlain(text.charAt(i))) {
      into[at++] = (byte) text.charAt(i++);
    }
    length = at;
    for (; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        character(c);
      } else if (c < 0x800) {
        encode(2, c);
      } else if (!Character.isSurrogate(c)) {
        encode(3, c);
      } else {
        i++;
        encode(4, codePoint(c, i < chars ? text.charAt(i) : 0));
      }
    }
    bytes[length++] = '"';
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
  }

  private static int codePoint(char high, int low) {
    if (!Character.isHighSurrogate(high) || !Character.isLowSurrogate((char) low)) {
      throw new IllegalArgumentException("Half a surrogate pair in a text");
    }
    return Character.toCodePoint(high, (char) low);
  }

  private void character(char c) {
    if (isPlain(c)) {
      bytes[length++] = (byte) c;
      return;
    }
    bytes[length++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[length++] = (byte) c;
      case '\b' -> bytes[length++] = 'b';
      case '\t' -> bytes[length++] = 't';
      case '\n' -> bytes[length++] = 'n';
      case '\f' -> bytes[length++] = 'f';
      case '\r' -> bytes[length++] = 'r';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
      }
    }
  }

  /** UTF-8 of a code point beyond ASCII in two to four bytes. */
  private void encode(int count, int codePoint) {
    int lead = count == 2 ? 0xC0 : count == 3 ? 0xE0 : 0xF0;
    bytes[length++] = (byte) (lead | (codePoint >> (6 * (count - 1))));
    for (int left = count - 2; left >= 0; left--) {
      bytes[length++] = (byte) (0x80 | ((codePoint >> (6 * left)) & 0x3F));
    }
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void put(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  private void put(byte[] some) {
    reserve(some.length);
    System.arraycopy(some, 0, bytes, length, some.length);
    length += some.length;
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, bytes.length * 2L)));
    }
  }
}
