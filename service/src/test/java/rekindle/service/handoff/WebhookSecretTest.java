package rekindle.service.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** The example that the libraries of Standard Webhooks are tested with. */
  @Test
  void signature_isThatOfTheSpecificationsExample() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    String signed =
        WebhookSecret.signatures(
            List.of(WebhookSecret.of(SECRET)), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body);
    assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void twoSecrets_signTwice() {
    var secret = WebhookSecret.of(SECRET);
    assertThat(WebhookSecret.signatures(List.of(secret, secret), "m", 1, new byte[0]).split(" "))
        .hasSize(2)
        .allMatch(one -> one.startsWith("v1,"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "whsec_", "whsec_short", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!"})
  void othersThanSecrets_areRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.of(text));
  }
}
