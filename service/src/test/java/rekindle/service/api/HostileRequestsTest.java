package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.util.DataSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;

class HostileRequestsTest {
  private static final int LIMIT = 4096;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @RegisterExtension
  static final TestService SERVICE =
      new TestService(
          DATABASE,
          configuration -> {
            configuration.setAdminKey(TestService.ADMIN);
            configuration.setBodySize(DataSize.bytes(LIMIT));
          },
          connector -> {});

  private static String key = "";

  @BeforeAll
  static void makeASender() throws Exception {
    key = SERVICE.newKey("sender", "sender");
  }

  private static String head(String requestLine, String... headers) {
    return requestLine
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + key
        + "\r\n"
        + String.join("", Stream.of(headers).map(header -> header + "\r\n").toList())
        + "\r\n";
  }

  private static String json(String body) {
    return head(
            "POST /v1/toys",
            "Content-Type: application/json",
            "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length)
        + body;
  }

  private static String chunked(String chunks) {
    return head("POST /v1/toys", "Content-Type: application/json", "Transfer-Encoding: chunked")
        + chunks;
  }

  /** Each with the status that it must get; 0 = a closed connection will do. */
  private static Map<String, Map.Entry<Integer, String>> hostile() {
    var requests = new TreeMap<String, Map.Entry<Integer, String>>();
    requests.put("no HTTP", Map.entry(400, "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"));
    requests.put("bad request line", Map.entry(400, "GET\r\n\r\n"));
    requests.put("bad version", Map.entry(505, "GET / HTTP/7.3\r\nHost: x\r\n\r\n"));
    requests.put("no host", Map.entry(400, "GET /alive HTTP/1.1\r\n\r\n"));
    requests.put("two hosts", Map.entry(400, "GET /alive HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"));
    requests.put("NUL in path", Map.entry(400, head("GET /v1/toys/a\0b")));
    requests.put("encoded NUL", Map.entry(400, head("GET /v1/toys/a%00b")));
    requests.put("long header", Map.entry(431, head("GET /v1/toys/a", "X: " + "x".repeat(20_000))));
    requests.put(
        "many headers", Map.entry(431, head("GET /v1/toys/a", "X: y\r\n".repeat(5000) + "X: y")));
    requests.put("long path", Map.entry(414, head("GET /" + "x".repeat(20_000))));
    requests.put("folded header", Map.entry(400, head("GET /v1/toys/a", "X: y\r\n  z")));
    requests.put("traversal", Map.entry(404, head("GET /v1/toys/../../etc/passwd")));
    requests.put("traversal above root", Map.entry(400, head("GET /../../etc/passwd")));
    requests.put(
        "encoded traversal", Map.entry(400, head("GET /v1/toys/%2e%2e/%2e%2e/etc/passwd")));
    requests.put("encoded slash", Map.entry(400, head("GET /v1/toys/a%2fb")));
    requests.put("path parameter", Map.entry(400, head("GET /v1/toys/..;/clients")));
    requests.put("bad encoding", Map.entry(400, head("GET /v1/toys/%zz")));
    requests.put("bad UTF-8 in path", Map.entry(400, head("GET /v1/toys/%ff%fe")));
    requests.put("bad chunk size", Map.entry(400, chunked("zz\r\n{}\r\n0\r\n\r\n")));
    requests.put("chunk cut off", Map.entry(400, chunked("50\r\n{\"a\":1")));
    requests.put("endless chunk size", Map.entry(400, chunked("f".repeat(500) + "\r\n")));
    requests.put(
        "huge chunked body",
        Map.entry(413, chunked("3000\r\n" + "1".repeat(0x3000) + "\r\n0\r\n\r\n")));
    requests.put(
        "length and chunks",
        Map.entry(
            400,
            head(
                    "POST /v1/toys",
                    "Content-Type: application/json",
                    "Content-Length: 2",
                    "Transfer-Encoding: chunked")
                + "0\r\n\r\nGET /v1/clients HTTP/1.1\r\n\r\n"));
    requests.put(
        "two lengths",
        Map.entry(400, head("POST /v1/toys", "Content-Length: 2", "Content-Length: 3") + "{}"));
    requests.put("negative length", Map.entry(400, head("POST /v1/toys", "Content-Length: -1")));
    requests.put(
        "length too great",
        Map.entry(
            413,
            head(
                "POST /v1/toys", "Content-Type: application/json", "Content-Length: 99999999999")));
    requests.put(
        "body cut off",
        Map.entry(
            400,
            head("POST /v1/toys", "Content-Type: application/json", "Content-Length: 10") + "{}"));
    requests.put(
        "no media type",
        Map.entry(
            400, head("POST /v1/toys", "Content-Type: nonsense", "Content-Length: 2") + "{}"));
    requests.put("bad accept", Map.entry(406, head("GET /v1/toys/a", "Accept: nonsense")));
    requests.put("two keys", Map.entry(401, head("GET /v1/toys/a", "Authorization: Bearer x")));
    requests.put("deep JSON", Map.entry(400, json("[".repeat(2000) + "]".repeat(2000))));
    requests.put("unclosed JSON", Map.entry(400, json("[".repeat(4000))));
    requests.put("bad UTF-8", Map.entry(400, json("{\"a\":\"\u00ff\u00fe\"}")));
    requests.put("UTF-16", Map.entry(400, json("\u00fe\u00ff\0{\0}")));
    requests.put("duplicate keys", Map.entry(400, json("{\"a\":1,\"a\":2}")));
    requests.put("NUL in JSON", Map.entry(400, json("{\"a\":\"\0\"}")));
    requests.put("half a character", Map.entry(400, json("{\"a\":\"\\ud800\"}")));
    requests.put("huge number", Map.entry(400, json("{\"a\":" + "9".repeat(3000) + "}")));
    requests.put("huge exponent", Map.entry(400, json("{\"a\":1e999999999}")));
    requests.put("two documents", Map.entry(400, json("{}{}")));
    requests.put("empty body", Map.entry(400, json("")));
    requests.put("too long", Map.entry(413, json("\"" + "x".repeat(LIMIT) + "\"")));
    requests.put("bad expectation", Map.entry(417, head("GET /v1/toys/a", "Expect: miracles")));
    requests.put("HTTP/2 preface", Map.entry(0, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    requests.put(
        "upgrade", Map.entry(200, head("GET /v1/toys/a", "Connection: Upgrade", "Upgrade: h2c")));
    requests.put(
        "pipelined garbage", Map.entry(200, head("GET /v1/toys/a") + "\u0001\u0002\r\n\r\n"));
    requests.put("asterisk", Map.entry(0, head("OPTIONS *")));
    requests.put("connect", Map.entry(0, "CONNECT evil:443 HTTP/1.1\r\nHost: evil:443\r\n\r\n"));
    requests.put("absolute form", Map.entry(400, head("GET http://evil/etc/passwd")));
    return requests;
  }

  @TestFactory
  Stream<DynamicTest> request_hostile_isRefusedAndTheNextIsServed() {
    return hostile().entrySet().stream()
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request.getKey(),
                    () -> {
                      int status = request.getValue().getKey();
                      String answer =
                          new RawClient(SERVICE.port()).send(request.getValue().getValue());
                      if (status > 0) {
                        assertThat(answer).startsWith("HTTP/1.1 " + status);
                      }
                      assertClean(answer);
                      assertServes();
                    }));
  }

  /** Each refusal is a problem document, and none tells of the server. */
  static void assertClean(String answer) {
    if (answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 5")) {
      assertThat(answer).contains("application/problem+json", "\"type\":\"/problems/");
      assertThat(answer).doesNotStartWith("HTTP/1.1 500");
    }
    assertThat(answer)
        .doesNotContainIgnoringCase("jetty", "jersey", "Exception", "\nServer:", "evil", "passwd");
  }

  private static void assertServes() throws IOException {
    assertThat(new RawClient(SERVICE.port()).send(head("GET /v1/toys/a", "Connection: close")))
        .startsWith("HTTP/1.1 200")
        .endsWith("{\"count\":null}");
  }

  @Test
  void body_refusedAfterItCame_leavesTheConnectionOpen() throws Exception {
    String refused =
        head("POST /v1/toys", "Content-Type: text/x", "Content-Length: 2")
            + "{}"
            + head("POST /none", "Content-Type: text/x", "Content-Length: 2")
            + "{}";
    assertThat(new RawClient(SERVICE.port()).send(refused + head("GET /v1/toys/a")))
        .startsWith("HTTP/1.1 415")
        .contains("HTTP/1.1 404")
        .contains("HTTP/1.1 200")
        .doesNotContain("Connection: close");
  }

  @Test
  void body_refusedBeforeItCame_announcesThatTheConnectionCloses() throws Exception {
    String start = "x".repeat(1 << 16);
    for (String type : List.of("application/json", "text/x")) {
      String refused =
          head("POST /v1/toys", "Content-Type: " + type, "Content-Length: " + (2L << 30)) + start;
      assertThat(new RawClient(SERVICE.port()).sendAndWait(refused))
          .startsWith("HTTP/1.1 4")
          .contains("Connection: close");
    }
  }

  @Test
  void request_notReadable_announcesThatTheConnectionCloses() throws Exception {
    for (String path : List.of("/" + "x".repeat(20_000), "/v1/toys/%zz", "/v1/toys/a%2fb")) {
      assertThat(new RawClient(SERVICE.port()).sendAndWait(head("GET " + path)))
          .startsWith("HTTP/1.1 4")
          .contains("Connection: close");
    }
  }

  @Test
  void body_compressed_countsDecompressed() throws Exception {
    assertThat(compressed("/v1/toys", "application/json", "{\"a\":1}").body())
        .isEqualTo("{\"a\":1}");
    assertThat(compressed("/v1/toys", "application/json", " ".repeat(1 << 24)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void body_compressedBadlyOrOtherwise_isRefused() throws Exception {
    for (String encoding : new String[] {"gzip", "br", "deflate", "zstd", "gzip, gzip", "x"}) {
      var response =
          SERVICE.send(
              SERVICE
                  .request("/v1/toys", key)
                  .header("Content-Type", "application/json")
                  .header("Content-Encoding", encoding)
                  .POST(BodyPublishers.ofString("{\"a\":1}")));
      assertThat(response.statusCode()).as(encoding).isIn(400, 415);
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .as(encoding)
          .isEqualTo("application/problem+json");
    }
  }

  @Test
  void lines_ofAnyNumber_areReadAndLongOnesSkipped() throws Exception {
    String lines = "{}\n".repeat(100_000) + "x".repeat(1_000_000) + "\n{}\n";
    var response =
        SERVICE.send(
            SERVICE
                .request("/v1/toys/lines", key)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
    assertThat(response.body()).isEqualTo("{\"good\":100001,\"bad\":1}");
  }

  private static java.net.http.HttpResponse<String> compressed(
      String path, String type, String body) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return SERVICE.send(
        SERVICE
            .request(path, key)
            .header("Content-Type", type)
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
  }
}
