package rekindle.service.handoff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.json.Rfc3339;
import rekindle.service.message.PassedMessage;
import rekindle.service.message.RenderedMessage;

/**
 * A platform that takes touches by webhook. Each attempt for a touch carries the same {@code
 * webhook-id} and {@code Idempotency-Key}, and {@code Send-Not-After}. Thread-safe.
 */
final class WebhookPlatform implements Platform {
  static final String TOUCH_DUE = "touch.due";

  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper READER = new ObjectMapper();

  /** Nothing was taken: the platform wants it later, or is not set up as it should be. */
  private static final Set<Integer> NOT_TAKEN = Set.of(401, 402, 403, 404, 405, 407, 429);

  private static final int ALREADY_THERE = 409;
  private static final int UNAVAILABLE = 503;

  private final PlatformConfiguration configuration;
  private final Webhook webhook;
  private final Addresses addresses;
  private final InstantSource clock;

  WebhookPlatform(PlatformConfiguration configuration, Addresses addresses, InstantSource clock) {
    this.configuration = configuration;
    this.webhook = new Webhook(configuration);
    this.addresses = addresses;
    this.clock = clock;
  }

  @Override
  public String name() {
    return configuration.name();
  }

  @Override
  public int concurrency() {
    return configuration.connectionsMax();
  }

  @Override
  public boolean wantsMessages() {
    return configuration.takesMessages();
  }

  @Override
  public Answer handOver(Intent intent) {
    Instant now = clock.instant();
    byte[] body;
    try {
      body = body(intent, now);
    } catch (RuntimeException failed) {
      return Answer.thisNotTaken(
          "it could not be made ready: " + failed.getClass().getSimpleName());
    }
    Answer first = attempt(intent, now, body);
    // Only who makes one message of two requests is asked twice.
    if (first.kind() != Answer.Kind.IN_DOUBT
        || !configuration.isIdempotent()
        || intent.isTooLate(clock.instant())) {
      return first;
    }
    Answer second = attempt(intent, now, body);
    // That it wants no second says nothing of the first.
    return second.kind() == Answer.Kind.TAKEN ? second : first;
  }

  private Answer attempt(Intent intent, Instant now, byte[] body) {
    try {
      Instant notAfter = intent.sendNotAfter();
      var headers = new HashMap<String, String>();
      headers.put("Idempotency-Key", "\"" + intent.touchId() + "\"");
      if (notAfter != null) {
        headers.put("Send-Not-After", Rfc3339.format(notAfter));
      }
      var reply = webhook.post(configuration.url(), intent.touchId(), now, body, headers);
      return answer(reply.status());
    } catch (Webhook.Unsent unsent) {
      return Answer.notTaken("not reached: " + unsent.getMessage());
    } catch (IOException broken) {
      return Answer.inDoubt("no answer: " + broken.getClass().getSimpleName());
    }
  }

  private Answer answer(int status) {
    String detail = "status " + status;
    if ((status >= 200 && status < 300) || status == ALREADY_THERE) {
      return Answer.taken(detail);
    }
    if (NOT_TAKEN.contains(status)
        || (status >= 300 && status < 400)
        || (status == UNAVAILABLE && configuration.isUnavailableRefusal())) {
      return Answer.notTaken(detail);
    }
    return status >= 400 && status < 500 && status != 408 && status != 425
        ? Answer.refused(detail)
        : Answer.inDoubt(detail);
  }

  private byte[] body(Intent intent, Instant now) {
    var bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", TOUCH_DUE);
      json.writeStringField("timestamp", Rfc3339.format(now));
      json.writeObjectFieldStart("data");
      json.writeStringField("touchId", intent.touchId());
      json.writeStringField("contactId", intent.contactId());
      json.writeStringField("channel", intent.channel().code());
      Instant notAfter = intent.sendNotAfter();
      json.writeStringField("sendNotAfter", notAfter == null ? null : Rfc3339.format(notAfter));
      raw(json, "decision", intent.decision());
      PassedMessage message = intent.message();
      if (message != null) {
        message(json, message.message());
      }
      if (configuration.tellsAddresses()) {
        json.writeStringField("to", addresses.of(intent.touchId()));
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void message(JsonGenerator json, RenderedMessage message) throws IOException {
    json.writeObjectFieldStart("message");
    json.writeStringField("language", message.language());
    json.writeStringField("subject", message.subject());
    json.writeStringField("text", message.text());
    json.writeStringField("html", message.html());
    json.writeObjectFieldStart("headers");
    for (var header : message.headers().entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void raw(JsonGenerator json, String field, byte[] value) throws IOException {
    json.writeFieldName(field);
    json.writeRawValue(new String(value, StandardCharsets.UTF_8));
  }

  @Override
  public boolean isAskable() {
    return configuration.statusUrl() != null;
  }

  /** {@code GET statusUrl/touchId}: 200 with a status it knows, or 404 for a touch it never had. */
  @Override
  public Answer ask(String touchId) {
    URI status = configuration.statusUrl();
    if (status == null) {
      return Platform.super.ask(touchId);
    }
    String base = status.toString();
    URI url = URI.create((base.endsWith("/") ? base : base + "/") + touchId);
    try {
      var reply = webhook.get(url, touchId, clock.instant());
      if (reply.status() == 404) {
        return Answer.notTaken("the platform does not know it");
      }
      return reply.status() == 200
          ? told(reply.body())
          : Answer.inDoubt("status " + reply.status());
    } catch (Webhook.Unsent | IOException failed) {
      return Answer.inDoubt("not reached");
    }
  }

  private static Answer told(byte[] body) throws IOException {
    @Nullable JsonNode json = READER.readTree(body);
    String status = json == null ? "" : json.path("status").asText("");
    return switch (status) {
      case "accepted", "sent", "delivered" -> Answer.taken("the platform says " + status);
      case "unknown" -> Answer.notTaken("the platform says unknown");
      case "rejected", "failed" -> Answer.refused("the platform says " + status);
      default -> Answer.inDoubt("the platform's answer says nothing that is known");
    };
  }

  @Override
  public void close() {
    webhook.close();
  }
}
