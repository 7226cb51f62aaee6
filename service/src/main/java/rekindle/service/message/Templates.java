package rekindle.service.message;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Template files, one folder for each language; what a language lacks stands in English. Filling
 * escapes nothing: whoever makes HTML of it escapes the whole. Thread-safe.
 */
final class Templates {
  static final String FALLBACK = "en";
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+\\.[0-9]{1,3}\\.[a-z_]+");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,8})*");

  private final Function<String, Optional<String>> files;
  private final DefaultMustacheFactory factory = new PlainText();
  private final Map<String, Optional<MessageSource>> sources = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Mustache>> words = new ConcurrentHashMap<>();

  /**
   * @param files the text of a file by its name, such as {@code en/stalled.1.email.mustache}
   */
  Templates(Function<String, Optional<String>> files) {
    this.files = files;
  }

  private static final class PlainText extends DefaultMustacheFactory {
    @Override
    public void encode(String value, Writer writer) {
      try {
        writer.write(value);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /** A template and the language that it is in. */
  record Found(String language, MessageSource source) {}

  /** The template in the nearest language that has it. */
  Optional<Found> find(String template, @Nullable String language) {
    if (!NAME.matcher(template).matches()) {
      return Optional.empty();
    }
    return candidates(language).stream()
        .flatMap(
            candidate ->
                source(candidate, template).map(source -> new Found(candidate, source)).stream())
        .findFirst();
  }

  private Optional<MessageSource> source(String language, String template) {
    String name = language + "/" + template + ".mustache";
    return sources.computeIfAbsent(
        name, file -> files.apply(file).map(text -> MessageSource.parse(text, this::compile)));
  }

  /** {@code de-AT} is looked for as de-at, as de, and in English. */
  static List<String> candidates(@Nullable String language) {
    var candidates = new ArrayList<String>();
    String tag = language == null ? "" : language.toLowerCase(Locale.ROOT).replace('_', '-');
    while (LANGUAGE.matcher(tag).matches()) {
      candidates.add(tag);
      tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
    }
    if (!candidates.contains(FALLBACK)) {
      candidates.add(FALLBACK);
    }
    return candidates;
  }

  /** Short texts that all messages share, by key; what a language lacks is in English. */
  Map<String, Mustache> words(String language) {
    return words.computeIfAbsent(
        language,
        one -> {
          var all = new ConcurrentHashMap<String, Mustache>();
          List<String> candidates = candidates(one);
          for (int i = candidates.size() - 1; i >= 0; i--) {
            properties(candidates.get(i)).forEach((key, text) -> all.put(key, compile(text)));
          }
          return all;
        });
  }

  private Map<String, String> properties(String language) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(files.apply(language + "/words.properties").orElse("")));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    var texts = new ConcurrentHashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return texts;
  }

  private Mustache compile(String text) {
    return factory.compile(new StringReader(text), "message");
  }

  /** The filled template on one line. */
  static String fill(Mustache template, Map<String, ?> values) {
    var text = new StringWriter();
    template.execute(text, values);
    return text.toString().replaceAll("[\\s\\p{Cc}\\u2028\\u2029]+", " ").strip();
  }
}
