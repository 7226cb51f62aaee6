package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.api.TestService.json;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.service.database.TestDatabase;

class ResolveResourceTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @RegisterExtension static final TestService SERVICE = new TestService(DATABASE);

  private static String key = "";

  @BeforeAll
  static void makeASender() throws Exception {
    key = SERVICE.newKey("sender", "sender");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                            |                |",
        "{'country':'DE'}                              | DE             | Zone/DE",
        "{'country':'US','region':'TX'}                | US-TX          | Zone/US-TX",
        "{'region':'US-TX','postalCode':'75001'}       | US-TX          | Zone/US-TX",
        "{'phone':'+12125550123'}                      | US             | America/New_York",
        "{'phone':'+16045550123'}                      | CA             | America/Vancouver",
        "{'phone':'+442071838750'}                     | GB             | Europe/London",
        "{'country':'US','phone':'(212) 736-5000'}     | US             | Zone/US,America/New_York",
        "{'country':'US','region':'US-TX','phone':'+4930901820'} | US-TX,DE | Zone/US-TX,Europe/Berlin",
        "{'phone':'+80012345678'}                      |                |",
        "{'phone':'+15555550123'}                      |                |",
      })
  void place_byAddressAndPhone_isEveryCandidate(String body, String places, String zones)
      throws Exception {
    HttpResponse<String> response = SERVICE.post("/v1/resolve", key, body.replace('\'', '"'));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).get("jurisdictions")).hasToString(list(places));
    assertThat(json(response).get("timeZones")).hasToString(list(zones));
  }

  private static String list(String codes) {
    return codes == null || codes.isBlank()
        ? "[]"
        : "[\"" + codes.strip().replace(",", "\",\"") + "\"]";
  }

  @Test
  void codes_thatAreWrong_areToldAtOnce() throws Exception {
    HttpResponse<String> response =
        SERVICE.post(
            "/v1/resolve",
            key,
            "{\"country\":\"UK\",\"postalCode\":7,\"phone\":\"call me\",\"fon\":1}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("errors").findValuesAsText("pointer"))
        .containsExactly("/country", "/postalCode", "/phone", "/fon");
    assertThat(json(response).at("/errors/0/message").textValue()).endsWith("Did you mean GB?");

    HttpResponse<String> region =
        SERVICE.post("/v1/resolve", key, "{\"country\":\"DE\",\"region\":\"US-TX\"}");
    assertThat(json(region).get("errors").findValuesAsText("pointer")).containsExactly("/region");
  }
}
