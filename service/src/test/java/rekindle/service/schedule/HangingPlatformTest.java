package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.schedule.FakePlatform.Behaviour;

/**
 * A platform that never answers has all its places taken, and keeps only its own people waiting.
 */
class HangingPlatformTest {
  private static final int CONNECTIONS = 4;
  private static final FakePlatform PLATFORM = new FakePlatform();

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            ((ObjectNode) configuration.get("schedule")).put("running", true);
            PLATFORM.takes(configuration).put("connectionsMax", CONNECTIONS);
          });

  @AfterAll
  static void after() throws Exception {
    PLATFORM.close();
  }

  @Test
  void whoNeedsItNot_isLookedAt() throws Exception {
    PLATFORM.behave(request -> Behaviour.ACCEPT_AND_HANG);
    var people = new People(SERVICE);
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      people.stalled("hanging-" + i);
    }
    var hanging = new ArrayList<String>();
    for (int i = 0; i < CONNECTIONS; i++) {
      hanging.add(PLATFORM.next().key());
    }
    people.contact("other", "\"relationship\":\"lead\",\"business\":\"b2b\"");
    people.look("other", look -> !look.isBlank());
    for (String touch : hanging) {
      assertThat(people.get("/v1/touches/" + touch).path("state").textValue())
          .isEqualTo("handing_over");
    }
  }
}
