package rekindle.service.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedDocumentTest {
  private static final byte[] OUTCOME =
      ("{\"channels\":{\"email\":{\"allowed\":false,\"basis\":null,\"denials\":[{\"citation\":\"policy\","
              + "\"code\":\"no_address\",\"row\":\"eligibility/Address!11\",\"rule\":\"ADR-NONE\",\"text\":"
              + "\"Without an address there is no channel.\",\"until\":null}]}},\"ü\":\""
              + "x".repeat(600)
              + "\"}")
          .getBytes(UTF_8);

  @Test
  void unpack_packed_isTheDocument() {
    byte[] packed = PackedDocument.pack(OUTCOME);
    assertThat(packed.length).isLessThan(OUTCOME.length / 5);
    assertThat(PackedDocument.unpack(packed)).isEqualTo(OUTCOME);
  }

  @Test
  void unpack_whateverHasTheLengthAndBytes_isTheDocument() {
    var random = new Random(11);
    for (int length = 0; length < 20_000; length = length * 3 / 2 + 1) {
      byte[] document = new byte[length];
      random.nextBytes(document);
      document = ("{" + Base64.getEncoder().encodeToString(document)).getBytes(UTF_8);
      assertThat(PackedDocument.unpack(PackedDocument.pack(document))).isEqualTo(document);
    }
  }

  @Test
  void unpack_storedPlainAsBefore_isItself() {
    assertThat(PackedDocument.unpack(OUTCOME)).isSameAs(OUTCOME);
    assertThat(PackedDocument.unpack(new byte[0])).isEmpty();
  }

  /** What was stored by an earlier version must be read for ever: nobody changes a dictionary. */
  @Test
  void unpack_storedByTheFirstVersion_isTheDocument() {
    byte[] stored = Base64.getDecoder().decode(FIRST_VERSION);
    assertThat(PackedDocument.unpack(stored)).isEqualTo(OUTCOME);
  }

  @Test
  void unpack_damaged_saysSo() {
    byte[] packed = PackedDocument.pack(OUTCOME);
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    assertThatThrownBy(() -> PackedDocument.unpack(cut)).isInstanceOf(IllegalStateException.class);
    byte[] foreign = packed.clone();
    foreign[3]++;
    assertThatThrownBy(() -> PackedDocument.unpack(foreign))
        .isInstanceOf(IllegalStateException.class);
  }

  private static final String FIRST_VERSION =
      "eD8V7P1WA2mEeQjbiCrUS9B0AmloQqIfFAJA3bhb6EgFDShK0ZMngUKLon5bLKh3c3gP0JsVo2A0BGgQ"
          + "Akq1AD2VZiM=";
}
