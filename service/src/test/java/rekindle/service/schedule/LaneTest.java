package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rekindle.service.handoff.Answer;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platforms;

class LaneTest {
  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");
  private static final Answer REFUSED = Answer.refused("status 422");
  private static final Answer NOT_TAKEN = Answer.notTaken("status 429");
  private static final Answer THIS_NOT_TAKEN = Answer.thisNotTaken("recipient: 450");
  private static final Answer IN_DOUBT = Answer.inDoubt("status 500");

  private Platforms platforms;
  private Lane lane;

  @BeforeEach
  void open() throws Exception {
    var json = new ObjectMapper();
    ObjectNode ways = json.createObjectNode();
    ObjectNode esp = ways.putArray("platforms").addObject();
    esp.put("name", "esp").put("url", "https://platform.example.com/").put("connectionsMax", 4);
    esp.putArray("secrets").add(FakePlatform.SECRET);
    var configuration = json.treeToValue(ways, HandOverConfiguration.class);
    platforms =
        new Platforms(configuration, List.of(), List.of(), touch -> null, InstantSource.fixed(NOW));
    lane = new Lane(platforms.find("esp").orElseThrow());
  }

  @AfterEach
  void close() {
    platforms.close();
  }

  private void answered(int times, Answer answer) {
    for (int i = 0; i < times; i++) {
      lane.answered(answer, NOW);
    }
  }

  @Test
  void platform_thatTakesNothing_isLeftAlone_longerEachTime() {
    answered(2, NOT_TAKEN);
    assertThat(lane.pausedUntil(NOW)).isNull();
    lane.answered(NOT_TAKEN, NOW);
    assertThat(lane.pausedUntil(NOW)).isEqualTo(NOW.plusSeconds(1));
    lane.answered(NOT_TAKEN, NOW);
    assertThat(lane.pausedUntil(NOW)).isEqualTo(NOW.plusSeconds(2));
    answered(20, NOT_TAKEN);
    assertThat(lane.pausedUntil(NOW)).isEqualTo(NOW.plusSeconds(64));
  }

  @Test
  void platform_thatAnswersNothing_isLeftAlone_laterThanOneThatTakesNothing() {
    answered(9, IN_DOUBT);
    assertThat(lane.pausedUntil(NOW)).isNull();
    lane.answered(IN_DOUBT, NOW);
    assertThat(lane.pausedUntil(NOW)).isNotNull();
  }

  @Test
  void answer_thatIsOfOneTouch_showsThatThePlatformIsWell() {
    answered(2, NOT_TAKEN);
    lane.answered(THIS_NOT_TAKEN, NOW);
    answered(2, NOT_TAKEN);
    lane.answered(REFUSED, NOW);
    answered(2, NOT_TAKEN);
    assertThat(lane.pausedUntil(NOW)).isNull();
  }

  @Test
  void afterThePause_oneGoesAlone_untilThatIsTaken() {
    answered(3, NOT_TAKEN);
    Instant after = NOW.plusSeconds(1);
    assertThat(lane.pausedUntil(after)).isNull();
    assertThat(lane.free()).isEqualTo(1);
    assertThat(lane.enter()).isTrue();
    assertThat(lane.free()).isZero();
    assertThat(lane.enter()).isFalse();
    lane.answered(Answer.taken("status 202"), after);
    lane.leave();
    assertThat(lane.free()).isEqualTo(lane.places());
    assertThat(lane.enter()).isTrue();
    assertThat(lane.enter()).isTrue();
  }
}
