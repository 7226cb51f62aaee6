package rekindle.service.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * A JSON list of lists, read cell by cell from the left: the caller knows what comes. Confined to
 * one thread.
 */
final class ListCells {
  private final JsonParser parser;

  private ListCells(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Hands out one inner list after another.
   *
   * @param lists null if there is none
   */
  static void each(@Nullable String lists, Consumer<ListCells> row) {
    if (lists == null) {
      return;
    }
    try (JsonParser parser = JsonRows.FACTORY.createParser(lists)) {
      var cells = new ListCells(parser);
      cells.next();
      while (cells.next() == JsonToken.START_ARRAY) {
        row.accept(cells);
        if (cells.next() != JsonToken.END_ARRAY) {
          throw new IllegalStateException("A list has more cells than are read");
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private interface Read<T> {
    @Nullable T read() throws IOException;
  }

  private <T> @Nullable T cell(Read<T> read) {
    try {
      return parser.nextToken() == JsonToken.VALUE_NULL ? null : read.read();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Nullable String text() {
    return cell(parser::getText);
  }

  /** A text that is there; a number as its digits. */
  String requiredText() {
    return Objects.requireNonNull(text());
  }

  @Nullable Long integer() {
    return cell(parser::getLongValue);
  }

  long requiredInteger() {
    return Objects.requireNonNull(integer());
  }

  @Nullable Instant instant() {
    return cell(() -> Instant.ofEpochMilli(parser.getLongValue()));
  }

  Instant requiredInstant() {
    return Objects.requireNonNull(instant());
  }

  @Nullable Boolean bool() {
    return cell(parser::getBooleanValue);
  }

  @Nullable BigDecimal decimal() {
    return cell(parser::getDecimalValue);
  }

  @Nullable Channel channel() {
    String code = text();
    return code == null ? null : Channel.of(code).orElseThrow();
  }

  Channel requiredChannel() {
    return Objects.requireNonNull(channel());
  }

  List<String> texts() {
    if (next() != JsonToken.START_ARRAY) {
      return List.of();
    }
    var texts = new ArrayList<String>(4);
    try {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        texts.add(parser.getText());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return texts;
  }

  /**
   * Hands out the names of an object; the caller reads the value of each.
   *
   * @return whether there is an object
   */
  boolean object(Consumer<String> field) {
    if (next() != JsonToken.START_OBJECT) {
      return false;
    }
    try {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        field.accept(parser.currentName());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return true;
  }

  /** An object of instants by channel. */
  Map<Channel, Instant> instantsByChannel() {
    var instants = new EnumMap<Channel, Instant>(Channel.class);
    object(name -> instants.put(Channel.of(name).orElseThrow(), requiredInstant()));
    return instants;
  }

  /** An object of texts by channel. */
  Map<Channel, String> textsByChannel() {
    var texts = new EnumMap<Channel, String>(Channel.class);
    object(name -> texts.put(Channel.of(name).orElseThrow(), requiredText()));
    return texts;
  }
}
