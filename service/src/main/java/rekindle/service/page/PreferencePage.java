package rekindle.service.page;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.service.hash.Sha256;

/**
 * The page on which a person says no or yes again: plain HTML that needs no script, sets no cookie
 * and loads nothing. Texts are escaped by the template engine. Thread-safe.
 */
public final class PreferencePage {
  private static final List<String> LANGUAGES = List.of("en", "de", "es", "fr");

  /** Nothing but the page's own style and image, and forms that go back to where it came from. */
  private final String policy;

  private final Mustache page;
  private final Map<String, Properties> texts;
  private final Map<String, Object> brand = new HashMap<>();
  private final String brandName;

  public PreferencePage(Brand brand) {
    page = new DefaultMustacheFactory("rekindle/service/page").compile("preferences.mustache");
    texts = LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), PreferencePage::read));
    brandName = brand.name();
    String style = resource("preferences.css").replace("#1d4f91", brand.colour());
    policy =
        "default-src 'none'; style-src 'sha256-%s'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(Sha256.of(style.getBytes(StandardCharsets.UTF_8))));
    this.brand.put("style", style);
    this.brand.put("brand", brandName);
    this.brand.put("logo", brand.logo());
    this.brand.put("contact", blankToNull(brand.contact()));
    this.brand.put("postalAddress", blankToNull(brand.postalAddress()));
    this.brand.put("privacyUrl", blankToNull(brand.privacyUrl()));
  }

  private static @Nullable String blankToNull(String text) {
    return text.isBlank() ? null : text;
  }

  /** What the page tells and asks. */
  public enum State {
    /** Asks what to stop. */
    ASKS,
    /** Tells that the channel is stopped, and asks whether to begin again. */
    STOPPED,
    /** Tells that everything is stopped. */
    STOPPED_ALL,
    /** Tells that messages come again. */
    RESUMED,
    /** Tells that the consent was kept, and that something else still keeps messages away. */
    NOT_RESUMED,
    /** Tells that the link is none of ours, and what to do. */
    UNKNOWN_LINK
  }

  /**
   * What there is to show.
   *
   * @param done whether it tells what was done just now, and not how things stand
   * @param channel by its code; null where the link is not known
   * @param resumable whether a consent on this page is enough to begin again
   */
  public record View(State state, boolean done, @Nullable String channel, boolean resumable) {}

  /** The value of the header Content-Security-Policy. */
  public String policy() {
    return policy;
  }

  /** The language in which a person reads the page best. */
  public String language(List<Locale> accepted) {
    return accepted.stream()
        .map(Locale::getLanguage)
        .filter(LANGUAGES::contains)
        .findFirst()
        .orElse("en");
  }

  /** The page as HTML. */
  public String html(View view, String language) {
    Map<String, Object> scope = new HashMap<>(brand);
    scope.put("language", language);
    String channel = view.channel() == null ? "" : text(language, "channel." + view.channel());
    for (String key : texts(language).stringPropertyNames()) {
      if (!key.startsWith("channel.")) {
        scope.put(
            key.replace('.', '_'), MessageFormat.format(text(language, key), brandName, channel));
      }
    }
    String code = view.state().name().toLowerCase(Locale.ROOT);
    scope.put("title", scope.get("title_" + code));
    scope.put("told", scope.get((view.done() ? "done_" : "stands_") + code));
    scope.put("channel", view.channel());
    scope.put("asks", view.state() == State.ASKS || view.state() == State.RESUMED);
    scope.put("stopped", view.state() == State.STOPPED);
    scope.put(
        "resumable",
        view.resumable() && (view.state() == State.STOPPED || view.state() == State.STOPPED_ALL));
    var html = new StringWriter();
    page.execute(html, scope);
    return html.toString();
  }

  /** What somebody agrees to who asks for messages again, as the page shows it. */
  public String consentText(String language, String channel) {
    return MessageFormat.format(
        text(language, "resume.consent"), brandName, text(language, "channel." + channel));
  }

  private Properties texts(String language) {
    return java.util.Objects.requireNonNull(
        texts.get(LANGUAGES.contains(language) ? language : "en"));
  }

  private String text(String language, String key) {
    return texts(language).getProperty(key, "");
  }

  private static Properties read(String language) {
    var properties = new Properties();
    try (Reader reader =
        new java.io.StringReader(resource("preferences_" + language + ".properties"))) {
      properties.load(reader);
      return properties;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String resource(String name) {
    try (InputStream in = PreferencePage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar holds no " + name + "; build it again.");
      }
      var text = new StringWriter();
      new InputStreamReader(in, StandardCharsets.UTF_8).transferTo(text);
      return text.toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
