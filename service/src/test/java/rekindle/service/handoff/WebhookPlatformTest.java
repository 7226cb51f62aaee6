package rekindle.service.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.service.handoff.Answer.Kind;
import rekindle.service.schedule.FakePlatform;
import rekindle.service.schedule.FakePlatform.Behaviour;

/** What two answers to the same touch mean together. */
class WebhookPlatformTest {
  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");

  private final FakePlatform fake = new FakePlatform();

  @AfterEach
  void close() throws Exception {
    fake.close();
  }

  private Answer handOver(InstantSource clock, Addresses addresses, boolean idempotent)
      throws Exception {
    var json = new ObjectMapper();
    ObjectNode esp = fake.takes(json.createObjectNode());
    esp.put("idempotent", idempotent).put("addresses", true);
    var configuration = json.treeToValue(esp, PlatformConfiguration.class);
    var platform = new WebhookPlatform(configuration, addresses, clock);
    try {
      return platform.handOver(Intents.email("t-1", NOW.plusSeconds(60)));
    } finally {
      platform.close();
    }
  }

  private Answer handOver(boolean idempotent, Behaviour... behaviours) throws Exception {
    var next = new ArrayDeque<>(List.of(behaviours));
    fake.behave(request -> next.remove());
    Answer answer = handOver(InstantSource.fixed(NOW), touch -> "zoe@example.net", idempotent);
    assertThat(next).isEmpty();
    return answer;
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPT, TAKEN",
    "ACCEPT_AND_FAIL, IN_DOUBT",
    "TOO_MANY, IN_DOUBT",
    "REFUSE, IN_DOUBT",
    "FAIL, IN_DOUBT",
  })
  void doubt_endsByASecondRequest_onlyIfThatIsTaken(Behaviour second, Kind kind) throws Exception {
    assertThat(handOver(true, Behaviour.ACCEPT_AND_FAIL, second).kind()).isEqualTo(kind);
  }

  @Test
  void platform_thatMakesTwoMessagesOfTwoRequests_isAskedOnce() throws Exception {
    assertThat(handOver(false, Behaviour.ACCEPT_AND_FAIL).kind()).isEqualTo(Kind.IN_DOUBT);
  }

  @Test
  void second_thatWouldBeTooLate_isNotMade() throws Exception {
    fake.behave(request -> Behaviour.FAIL);
    var times = new ArrayDeque<>(List.of(NOW, NOW.plusSeconds(61)));
    assertThat(handOver(times::remove, touch -> "zoe@example.net", true).kind())
        .isEqualTo(Kind.IN_DOUBT);
    assertThat(fake.others()).hasSize(1);
  }

  @Test
  void touch_thatCouldNotBeMadeReady_isNotTaken() throws Exception {
    Addresses broken =
        touch -> {
          throw new IllegalStateException("no connection");
        };
    assertThat(handOver(Clock.systemUTC(), broken, true).kind()).isEqualTo(Kind.NOT_TAKEN);
    assertThat(fake.others()).isEmpty();
  }
}
