package rekindle.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.facts.Vocabularies;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "emial,email",
    "e-mail,email",
    "EMAIL,email",
    "LINKEDIN,linkedin",
    "linkdin,linkedin",
    "paidMedia,paid_media",
    "whats app,whatsapp",
    "smss,sms",
  })
  void to_slip_findsWhatWasMeant(String slip, String meant) {
    assertThat(Nearest.to(slip, Vocabularies.CHANNEL.codes())).contains(meant);
  }

  @Test
  void to_nothingNear_isEmpty() {
    assertThat(Nearest.to("pigeon", Vocabularies.CHANNEL.codes())).isEmpty();
    assertThat(Nearest.to("x".repeat(100_000), List.of("x"))).isEmpty();
    assertThat(Nearest.to("", List.of("sms"))).isEmpty();
  }

  @Test
  void to_equallyNear_takesTheFirst() {
    assertThat(Nearest.to("cart", List.of("card", "cart1", "carp"))).contains("card");
  }
}
