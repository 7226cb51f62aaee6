package rekindle.service.handoff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.json.Rfc3339;
import rekindle.service.store.NotificationStore;

/** Tells one receiver system events, after Standard Webhooks. Thread-safe. */
final class NotificationSender implements NotificationReceiver {
  private static final JsonFactory JSON = new JsonFactory();

  private final PlatformConfiguration configuration;
  private final Webhook webhook;
  private final InstantSource clock;

  NotificationSender(PlatformConfiguration configuration, InstantSource clock) {
    this.configuration = configuration;
    this.webhook = new Webhook(configuration);
    this.clock = clock;
  }

  @Override
  public String endpoint() {
    return configuration.name();
  }

  @Override
  public @Nullable String tell(NotificationStore.Due due) {
    try {
      var reply =
          webhook.post(
              configuration.url(),
              due.notification().id().toString(),
              clock.instant(),
              body(due),
              Map.of());
      return reply.status() >= 200 && reply.status() < 300 ? null : "status " + reply.status();
    } catch (Webhook.Unsent unsent) {
      return "not reached: " + unsent.getMessage();
    } catch (IOException broken) {
      return "no answer: " + broken.getClass().getSimpleName();
    }
  }

  private static byte[] body(NotificationStore.Due due) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", due.notification().kind());
      json.writeStringField("timestamp", Rfc3339.format(due.createdAt()));
      json.writeFieldName("data");
      json.writeRawValue(new String(due.notification().data(), StandardCharsets.UTF_8));
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    webhook.close();
  }
}
