package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.api.TestService.json;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;

/** A service that makes its own first key and allows little. */
class LimitedServiceTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @RegisterExtension
  static final TestService SERVICE =
      new TestService(
          DATABASE,
          configuration -> {
            configuration.setRequestsPerSecondPerKey(1);
            configuration.setBurstPerKey(2);
            configuration.setUnknownKeysPerMinutePerAddress(2);
          },
          connector -> {});

  @Test
  void requests_tooManyOfAKeyOrOfWrongKeys_are429() throws Exception {
    assertThat(SERVICE.terminal).hasSize(1);
    String line = SERVICE.terminal.get(0);
    String key = line.substring(line.indexOf("rk_"));

    HttpResponse<String> last = SERVICE.get("/v1/clients", key);
    assertThat(last.statusCode()).isEqualTo(200);
    // More than the burst, and faster than one a second, however slow the machine is.
    for (int i = 0; i < 1000 && last.statusCode() == 200; i++) {
      last = SERVICE.get("/v1/clients", key);
    }
    assertLimited(last);

    last = SERVICE.get("/v1/clients", "wrong");
    for (int i = 0; i < 1000 && last.statusCode() == 401; i++) {
      last = SERVICE.get("/v1/clients", "wrong" + i);
    }
    assertLimited(last);
  }

  private static void assertLimited(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(json(response).get("type").textValue()).isEqualTo("/problems/rate_limited");
    assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
  }
}
