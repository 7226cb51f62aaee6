package rekindle.service.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * Rows as one JSON parameter for {@code json_to_recordset}: many rows in one statement whose text
 * never changes. A field that is null is left out. Confined to one thread.
 */
final class JsonRows {
  static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;

  private JsonRows(JsonGenerator json) {
    this.json = json;
  }

  /** One object for each row. */
  static <T> String of(Collection<T> rows, BiConsumer<T, JsonRows> fields) {
    var text = new StringWriter(rows.size() * 200 + 2);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      var out = new JsonRows(json);
      json.writeStartArray();
      for (T row : rows) {
        json.writeStartObject();
        fields.accept(row, out);
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** An array of texts. */
  static String texts(Collection<String> texts) {
    var text = new StringWriter(texts.size() * 24 + 2);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartArray();
      for (String one : texts) {
        json.writeString(one);
      }
      json.writeEndArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private interface Write {
    void run() throws IOException;
  }

  private JsonRows write(boolean there, Write write) {
    if (there) {
      try {
        write.run();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    return this;
  }

  JsonRows text(String name, @Nullable String value) {
    return write(value != null, () -> json.writeStringField(name, value));
  }

  JsonRows instant(String name, @Nullable Instant value) {
    return write(value != null, () -> json.writeStringField(name, String.valueOf(value)));
  }

  JsonRows bool(String name, @Nullable Boolean value) {
    return write(value != null, () -> json.writeBooleanField(name, Boolean.TRUE.equals(value)));
  }

  JsonRows integer(String name, @Nullable Long value) {
    return write(
        value != null,
        () -> {
          json.writeFieldName(name);
          json.writeNumber(String.valueOf(value));
        });
  }

  JsonRows decimal(String name, @Nullable BigDecimal value) {
    return write(
        value != null,
        () -> json.writeStringField(name, value == null ? null : value.toPlainString()));
  }

  /** For a column of type bytea. */
  JsonRows bytes(String name, byte @Nullable [] value) {
    return write(
        value != null,
        () ->
            json.writeStringField(
                name, "\\x" + (value == null ? "" : HexFormat.of().formatHex(value))));
  }

  JsonRows texts(String name, List<String> values) {
    return write(
        true,
        () -> {
          json.writeArrayFieldStart(name);
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
        });
  }

  /** Instants by channel, in milliseconds of the epoch. */
  JsonRows instants(String name, Map<Channel, Instant> values) {
    return object(
        name,
        out -> values.forEach((channel, at) -> out.integer(channel.code(), at.toEpochMilli())));
  }

  /** An object within the row. */
  JsonRows object(String name, java.util.function.Consumer<JsonRows> fields) {
    return write(
        true,
        () -> {
          json.writeObjectFieldStart(name);
          fields.accept(this);
          json.writeEndObject();
        });
  }
}
