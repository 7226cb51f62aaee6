package rekindle.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static boolean areAlike(String before, String after) {
    boolean alike = Documents.areAlike(bytes(before), bytes(after));
    assertThat(Documents.areAlike(bytes(after), bytes(before))).isEqualTo(alike);
    return alike;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void documents_withOtherRowNumbers_areAlike() {
    assertThat(areAlike("{\"row\":\"a/B!9\"}", "{\"row\":\"a/B!9\"}")).isTrue();
    assertThat(areAlike("{\"row\":\"a/B!9\"}", "{\"row\":\"a/B!10\"}")).isTrue();
    assertThat(areAlike("{\"row\":\"a/B!12\"}", "{\"row\":\"a/B!120\"}")).isTrue();
    assertThat(areAlike("\"a!99\",\"b!7\",1", "\"a!100\",\"b!81\",1")).isTrue();
    assertThat(areAlike("a!1", "a!12")).isTrue();
  }

  @Test
  void documents_thatSayOtherThings_areNot() {
    assertThat(areAlike("{\"row\":\"a/B!9\"}", "{\"row\":\"a/C!9\"}")).isFalse();
    assertThat(areAlike("{\"step\":9}", "{\"step\":10}")).isFalse();
    assertThat(areAlike("\"a!9\",1", "\"a!10\",2")).isFalse();
    assertThat(areAlike("a!1", "a!1,")).isFalse();
    assertThat(areAlike("a!", "a!1")).isFalse();
    assertThat(areAlike("", "a")).isFalse();
    assertThat(areAlike("", "")).isTrue();
  }
}
