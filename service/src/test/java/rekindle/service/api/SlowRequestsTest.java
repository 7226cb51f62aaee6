package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.util.Duration;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;

/** Requests that begin and do not go on, to a service with little patience. */
class SlowRequestsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @RegisterExtension
  static final TestService SERVICE =
      new TestService(
          DATABASE,
          configuration -> configuration.setAdminKey(TestService.ADMIN),
          connector -> connector.setIdleTimeout(Duration.milliseconds(700)));

  private static final String AUTHORIZED =
      " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestService.ADMIN + "\r\n";

  @Test
  void body_thatStops_isGivenUp() throws Exception {
    String answer =
        new RawClient(SERVICE.port())
            .sendAndWait(
                "POST /v1/toys"
                    + AUTHORIZED
                    + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
    assertThat(answer).startsWith("HTTP/1.1 408").contains("/problems/request_timeout");
    HostileRequestsTest.assertClean(answer);
    assertServes();
  }

  /** Much of it before the request has a thread, and the rest while that waits for it. */
  @Test
  void longBody_thatComesInPieces_isRead() throws Exception {
    String body = "{\"note\":\"" + "x".repeat(400_000) + "\"}";
    String answer =
        new RawClient(SERVICE.port())
            .sendInPieces(
                "POST /v1/toys"
                    + AUTHORIZED
                    + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body,
                70_000);
    assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/");
  }

  @Test
  void headers_thatStop_areGivenUp() throws Exception {
    String answer = new RawClient(SERVICE.port()).sendAndWait("GET /v1/toys/a HTTP/1.1\r\nHost:");
    assertThat(answer)
        .satisfiesAnyOf(
            none -> assertThat(none).isEmpty(), some -> assertThat(some).startsWith("HTTP/1.1 4"));
    assertServes();
  }

  private static void assertServes() throws IOException {
    assertThat(new RawClient(SERVICE.port()).send("GET /v1/toys/a" + AUTHORIZED + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }
}
