package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.dropwizard.logging.json.EventJsonLayoutBaseFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import rekindle.service.database.TestDatabase;

class RequestLogTest {
  private static final String EMAIL = "zaphod.beeblebrox";
  private static final String PHONE = "15555550199";
  private static final String NAME = "Trillian";

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @RegisterExtension static final TestService SERVICE = new TestService(DATABASE);

  private static String key = "";

  @BeforeAll
  static void makeASender() throws Exception {
    key = SERVICE.newKey("platform", "sender");
  }

  @BeforeEach
  void startAnew() throws Exception {
    SERVICE.get("/alive", null);
    while (!"/alive".equals(SERVICE.log().nextRequest().getMDCPropertyMap().get("route"))) {
      // Lines of requests of earlier tests.
    }
  }

  @Test
  void request_answered_isOneLineWithRouteStatusAndClient() throws Exception {
    String id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    var response =
        SERVICE.send(SERVICE.request("/v1/toys/c-1?count=3", key).header("X-Request-Id", id));
    assertThat(response.headers().allValues("X-Request-Id")).containsExactly(id);

    Map<String, String> line = SERVICE.log().nextRequest().getMDCPropertyMap();
    assertThat(line)
        .containsEntry("method", "GET")
        .containsEntry("route", "/v1/toys/{id}")
        .containsEntry("status", "200")
        .containsEntry("client", "platform")
        .containsEntry("requestId", id)
        .containsOnlyKeys("method", "route", "status", "milliseconds", "client", "requestId");
  }

  @Test
  void request_refused_isOneLineToo() throws Exception {
    SERVICE.get("/v1/toys/c-1", null);
    assertLine("GET", "/v1/toys/{id}", "401", "none");
    SERVICE.get("/v1/clients", key);
    assertLine("GET", "/v1/clients", "403", "platform");
    SERVICE.get("/none", key);
    assertLine("GET", "unmatched", "404", "none");
    SERVICE.send(SERVICE.request("/v1/toys", key).DELETE());
    assertLine("DELETE", "/v1/toys", "405", "none");
    SERVICE.send(SERVICE.request("/v1/toys", key).method("BREW", BodyPublishers.noBody()));
    assertLine("OTHER", "unmatched", "405", "none");
    new RawClient(SERVICE.port()).send("nonsense\r\n\r\n");
    assertLine("OTHER", "unmatched", "400", "none");
  }

  private static void assertLine(String method, String route, String status, String client)
      throws InterruptedException {
    assertThat(SERVICE.log().nextRequest().getMDCPropertyMap())
        .containsEntry("method", method)
        .containsEntry("route", route)
        .containsEntry("status", status)
        .containsEntry("client", client);
  }

  @Test
  void id_notWellFormed_isReplaced() throws Exception {
    for (String id : List.of(PHONE, EMAIL, "a b", "x".repeat(500), key)) {
      var response = SERVICE.send(SERVICE.request("/v1/toys/c-1", key).header("X-Request-Id", id));
      assertThat(response.headers().firstValue("X-Request-Id").orElse(""))
          .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
  }

  @Test
  void knownTexts_sentInEveryPlace_areNotInTheLog() throws Exception {
    String badKey = key.substring(0, key.length() - 1) + "~";
    int sent = 0;
    for (String known : List.of(EMAIL, PHONE, NAME, key)) {
      for (HttpRequest.Builder request : requests(known)) {
        SERVICE.send(request);
        sent++;
      }
    }
    SERVICE.get("/v1/toys/" + EMAIL, badKey);
    sent++;
    sent += sendRaw();
    for (int i = 0; i < sent; i++) {
      SERVICE.log().nextRequest();
    }
    assertThat(SERVICE.log().events()).hasSizeGreaterThan(sent);
    String secret = key.substring(key.lastIndexOf('_') + 1, key.length() - 1);
    for (ILoggingEvent event : SERVICE.log().events()) {
      assertThat(everything(event)).doesNotContain(EMAIL, PHONE, NAME, secret);
    }
  }

  private static List<HttpRequest.Builder> requests(String known) {
    String quoted = "{\"" + known + "\":\"" + known + "\"}";
    return List.of(
        SERVICE.request("/v1/toys/" + known + "?name=" + known, key),
        SERVICE.request("/v1/toys/x?count=" + known, key),
        SERVICE.request("/" + known + "/" + known, key),
        SERVICE.request("/problems/" + known, null),
        SERVICE.request("/v1/toys/by-uuid/" + known, key),
        SERVICE.request("/v1/toys/x", known),
        SERVICE.request("/v1/toys/x", key).header("X-Request-Id", known),
        SERVICE.request("/v1/toys/x", key).header("X-Name", known).header("Cookie", known),
        SERVICE.request("/v1/toys/x", key).header("Accept", "text/" + known.replace('_', '-')),
        post("/v1/toys", quoted),
        post("/v1/toys", "{\"" + known),
        post("/v1/toys", quoted + known),
        post("/v1/toys?q=" + known, quoted),
        post("/v1/resolve", "{\"phone\":\"" + known + "\",\"country\":\"" + known + "\"}"),
        post("/v1/resolve", "{\"region\":\"" + known + "\",\"" + known + "\":1}"),
        post("/v1/toys/once", quoted).header("Idempotency-Key", known),
        post("/v1/toys/once", quoted).header("Idempotency-Key", known + " " + known),
        post("/v1/toys/fail/unexpected?secret=" + known, ""),
        post("/v1/toys/fail/constraint?secret=" + known, ""),
        post("/v1/toys/fail/timeout?secret=" + known, ""),
        post("/v1/toys/fail/error?secret=" + known, ""),
        SERVICE
            .request("/v1/toys?x=" + known, key)
            .header("Content-Type", "text/" + known.replace('_', '-'))
            .POST(BodyPublishers.ofString(known)),
        SERVICE
            .request("/v1/toys/" + known, key)
            .method(
                known.replace('_', '-').toUpperCase(java.util.Locale.ROOT),
                BodyPublishers.noBody()),
        SERVICE
            .request("/v1/toys", key)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofString(known)));
  }

  private static HttpRequest.Builder post(String path, String json) {
    return SERVICE
        .request(path, key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private static int sendRaw() throws Exception {
    var raw = new RawClient(SERVICE.port());
    List<String> hostile =
        List.of(
            EMAIL + " " + NAME + "\r\n\r\n",
            "GET /v1/toys/x HTTP/1.1\r\nHost: " + EMAIL + "\r\nHost: " + NAME + "\r\n\r\n",
            "GET /v1/toys/" + EMAIL + " HTTP/9.9\r\nHost: x\r\n\r\n",
            "GET /v1/toys/" + EMAIL + "\0 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /v1/%2e%2e/" + EMAIL + "/..;/%2f?" + NAME + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /v1/" + EMAIL + " HTTP/1.1\r\nHost: x\r\n" + NAME + "\r\n\r\n",
            "GET /v1/" + EMAIL + " HTTP/1.1\r\nHost: x\r\nX: " + NAME.repeat(2000) + "\r\n\r\n",
            "POST /v1/toys?"
                + EMAIL
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + key
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz"
                + NAME
                + "\r\n\r\n",
            "POST /v1/toys?"
                + EMAIL
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + key
                + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\""
                + NAME);
    for (String request : hostile) {
      raw.send(request);
    }
    return hostile.size();
  }

  /** Every part of an event that any layout could write, and what the JSON layout makes of it. */
  private static String everything(ILoggingEvent event) {
    var layout =
        new EventJsonLayoutBaseFactory()
            .build((LoggerContext) LoggerFactory.getILoggerFactory(), TimeZone.getTimeZone("UTC"));
    layout.start();
    String thrown =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    return layout.doLayout(event)
        + event.getThreadName()
        + event.getFormattedMessage()
        + event.getMDCPropertyMap()
        + thrown;
  }
}
