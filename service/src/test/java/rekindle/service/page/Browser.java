package rekindle.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One page of a headless Chromium, driven by the DevTools protocol. Scripts of the page itself do
 * not run: whoever has none must be able to use it.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final int PATIENCE_SECONDS = 60;

  /** What the page said that a developer should mend: errors and what its policy refused. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<String> loaded = new LinkedBlockingQueue<>();

  Browser(Path profile) throws Exception {
    process =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    URI devtools = URI.create(listening());
    HttpClient client = HttpClient.newHttpClient();
    String pages =
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + devtools.getPort() + "/json/list"))
                    .build(),
                BodyHandlers.ofString())
            .body();
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(JSON.readTree(pages).at("/0/webSocketDebuggerUrl").textValue()),
                new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (String domain : List.of("Page.enable", "Log.enable", "Runtime.enable")) {
      call(domain, Map.of());
    }
    call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
  }

  private String listening() throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        var drain = new Thread(() -> out.lines().forEach(rest -> {}), "chromium-output");
        drain.setDaemon(true);
        drain.start();
        return line.substring(LISTENING.length());
      }
    }
    throw new IOException("Chromium did not start");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void take(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      CompletableFuture<JsonNode> waiting =
          json.has("id") ? answers.remove(json.get("id").intValue()) : null;
      if (waiting != null) {
        waiting.complete(json);
      }
      switch (json.path("method").asText()) {
        case "Page.loadEventFired" -> loaded.add("loaded");
        case "Log.entryAdded" -> complaints.add(json.at("/params/entry/text").asText());
        default -> {}
      }
    } catch (IOException broken) {
      complaints.add(broken.toString());
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    ObjectNode message = JSON.createObjectNode();
    int id = ids.incrementAndGet();
    message.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    socket.sendText(JSON.writeValueAsString(message), true);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Goes to a page and waits until it is there. */
  void open(String url) throws Exception {
    loaded.clear();
    call("Page.navigate", Map.of("url", url));
    awaitPage();
  }

  /** Clicks on what a CSS selector finds, and waits for the page that follows. */
  void submitBy(String selector) throws Exception {
    loaded.clear();
    click(selector);
    awaitPage();
  }

  void click(String selector) throws Exception {
    JsonNode box =
        JSON.readTree(
            text(
                "(() => { const e = document.querySelector('%s'); e.scrollIntoView(); const b = e.getBoundingClientRect(); return JSON.stringify([b.x + b.width / 2, b.y + b.height / 2]) })()"
                    .formatted(selector)));
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              box.get(0).doubleValue(),
              "y",
              box.get(1).doubleValue(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  private void awaitPage() throws InterruptedException {
    if (loaded.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("no page came: " + complaints);
    }
  }

  /** What an expression gives in the page, as a text. */
  String text(String expression) throws Exception {
    return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .at("/result/result/value")
        .asText();
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
