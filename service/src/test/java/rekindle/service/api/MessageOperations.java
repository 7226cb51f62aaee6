package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;
import static rekindle.service.api.Exchanges.JSON;

import rekindle.service.RunningService;

/** Every operation about messages, each in the ways in which it succeeds. */
final class MessageOperations {
  private final Exchanges exchanges;
  private final String operator;

  MessageOperations(RunningService service, Exchanges exchanges) throws Exception {
    this.exchanges = exchanges;
    operator = service.newKey("operator");
  }

  void all() throws Exception {
    exchanges.send("PUT", "/v1/contacts/ms-1", operator, JSON, "{\"country\":\"US\"}");
    String path = "/v1/contacts/ms-1/content";
    exchanges.get(path, operator);
    String content =
        "{\"first_name\":\"Ann\",\"company\":null,\"calendar_link\":\"https://cal.example.com/ann\"}";
    exchanges.sendOnce("PUT", path, exchanges.with("PUT", path, operator, JSON, content));
    assertThat(json(exchanges.get(path, operator)).get("first_name").textValue()).isEqualTo("Ann");
    String preflight = "/v1/preflight";
    var bad =
        exchanges.send(
            "POST",
            preflight,
            operator,
            JSON,
            "{\"channel\":\"sms\",\"jurisdictions\":[\"US\"],\"message\":{\"text\":\"hello\"}}");
    assertThat(json(bad).get("passes").booleanValue()).isFalse();
    var good =
        exchanges.send(
            "POST",
            preflight,
            operator,
            JSON,
            "{\"channel\":\"linkedin\",\"jurisdictions\":[\"JP\"],\"message\":{\"subject\":null,\"text\":\"hello\",\"html\":null,\"headers\":{\"X\":\"y\"}}}");
    assertThat(json(good).get("passes").booleanValue()).isTrue();
  }
}
