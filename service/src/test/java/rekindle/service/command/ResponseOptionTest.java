package rekindle.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ResponseOptionTest {
  @Test
  void response_fieldsOfBothKinds_areNumbersAndTexts() {
    ObjectNode response =
        ResponseOption.parse("day=12, kind=reply,disposition=positive,channel=email").orElseThrow();
    assertThat(response)
        .hasToString(
            "{\"day\":12,\"kind\":\"reply\",\"disposition\":\"positive\",\"channel\":\"email\"}");
  }

  @Test
  void response_aDayThatIsNoNumber_staysATextForTheReaderToRefuse() {
    assertThat(ResponseOption.parse("day=soon,kind=open").orElseThrow().get("day").isTextual())
        .isTrue();
    assertThat(ResponseOption.parse("day=99999999999").orElseThrow().get("day").isTextual())
        .isTrue();
  }

  @Test
  void response_thatIsNoListOfFields_isRefused() {
    for (String text : new String[] {"", "nonsense", "=1", "day=1,", "day=1,day=2"}) {
      assertThat(ResponseOption.parse(text)).as("\"%s\"", text).isEmpty();
    }
  }
}
