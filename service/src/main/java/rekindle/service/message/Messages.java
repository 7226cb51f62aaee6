package rekindle.service.message;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * Messages made of templates: each is filled once, and laid out as plain text and, for e-mail, as
 * HTML of the same words. Needs no database. Thread-safe.
 */
public final class Messages {
  private static final String HTML = "layout.email.html.mustache";

  /** Demanded of short texts too, which then carry a link to the page that tells all of it. */
  private static final Set<String> ON_THE_IMPRINT =
      Set.of("postal_address", "contact_details", "imprint");

  private final Sender sender;
  private final Templates templates;
  private final Mustache html;
  private final Map<Channel, Mustache> layouts = new EnumMap<>(Channel.class);

  public Messages(Sender sender) {
    this(sender, new Templates(Resources::find));
  }

  Messages(Sender sender, Templates templates) {
    this.sender = sender;
    this.templates = templates;
    html = new DefaultMustacheFactory("rekindle/service/message").compile(HTML);
    var plain = new Verbatim();
    for (Channel channel : Channel.ALL) {
      if (channel != Channel.PAID_MEDIA) {
        layouts.put(channel, plain.compile("layout." + channel.code() + ".mustache"));
      }
    }
  }

  private static final class Verbatim extends DefaultMustacheFactory {
    Verbatim() {
      super("rekindle/service/message");
    }

    @Override
    public void encode(String value, Writer writer) {
      try {
        writer.write(value);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /** Whether there is a text for the template, in whatever language. */
  public boolean has(String template) {
    return templates.find(template, null).isPresent();
  }

  /**
   * The message as it would leave; {@link Preflight} says whether it may.
   *
   * @throws UnknownTemplate if nobody wrote it
   */
  public RenderedMessage render(MessageRequest request) {
    Templates.Found found =
        templates
            .find(request.template(), request.language())
            .orElseThrow(() -> new UnknownTemplate(request.template()));
    MessageSource source = found.source();
    Map<String, Object> values = values(request, found.language());
    List<Map<String, String>> actions = actions(source, request, values);
    String subject = source.subject() == null ? null : Templates.fill(source.subject(), values);
    var scope = new HashMap<String, Object>(values);
    scope.put("language", found.language());
    put(scope, "subject", subject);
    scope.put("paragraphs", paragraphs(source, values));
    scope.put("actions", actions);
    if (actions.isEmpty() && source.otherwise() != null) {
      scope.put("otherwise", Templates.fill(source.otherwise(), values));
    }
    words(found.language(), scope);
    boolean email = request.channel() == Channel.EMAIL;
    return new RenderedMessage(
        request.template(),
        request.channel(),
        found.language(),
        subject,
        laidOut(request.channel(), scope),
        email ? filled(html, scope) : null,
        links(request.channel(), actions, scope),
        request.unsubscribeUrl());
  }

  private Map<String, Object> values(MessageRequest request, String language) {
    var values = new HashMap<String, Object>();
    request.fields().forEach((field, value) -> put(values, field.code(), value));
    values.put("brand", sender.brand());
    values.put("colour", sender.colour());
    put(values, "postal_address", sender.postalAddress());
    put(values, "contact", sender.contact());
    put(values, "privacy_url", sender.privacyUrl());
    put(values, "imprint_url", sender.imprintUrl());
    put(values, "phone", sender.phone());
    put(values, "free_stop_number", sender.freeStopNumber());
    put(values, "unsubscribe_url", request.unsubscribeUrl());
    for (String element : request.requiredElements()) {
      values.put("needs_" + element, true);
      if (ON_THE_IMPRINT.contains(element)) {
        values.put("needs_page", true);
      }
    }
    Offer offer = request.offer();
    if (offer != null) {
      put(values, "offer", offer(offer, request, values, language));
    }
    return values;
  }

  private static void put(Map<String, Object> values, String key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      values.put(key, value);
    }
  }

  /** What is offered, what it is worth, and the real end of its term. */
  private String offer(
      Offer offer, MessageRequest request, Map<String, Object> values, String language) {
    Map<String, Mustache> words = templates.words(language);
    var scope = new HashMap<>(values);
    String pattern = Templates.fill(required(words, "date"), Map.of());
    scope.put(
        "until",
        DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(language))
            .format(offer.validUntil().atZone(request.zone())));
    if (offer.value() != null) {
      scope.put(
          "value",
          offer.value().amount().stripTrailingZeros().toPlainString()
              + " "
              + offer.value().currency());
    }
    Mustache sentence = words.get("offer." + offer.code());
    boolean brief = request.channel() == Channel.SMS;
    return Templates.fill(sentence == null ? required(words, "offer") : sentence, scope)
        + " "
        + Templates.fill(required(words, brief ? "offer_terms_short" : "offer_terms_told"), scope);
  }

  private static Mustache required(Map<String, Mustache> words, String key) {
    Mustache word = words.get(key);
    if (word == null) {
      throw new IllegalStateException("The words of messages lack " + key);
    }
    return word;
  }

  private static List<String> paragraphs(MessageSource source, Map<String, Object> values) {
    return source.paragraphs().stream()
        .map(paragraph -> Templates.fill(paragraph, values))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static List<Map<String, String>> actions(
      MessageSource source, MessageRequest request, Map<String, Object> values) {
    var campaign = new CampaignLinks(request);
    var actions = new ArrayList<Map<String, String>>();
    for (MessageSource.Action action : source.actions()) {
      String link = request.fields().get(action.link());
      if (link != null) {
        actions.add(
            Map.of("label", Templates.fill(action.label(), values), "url", campaign.marked(link)));
      }
    }
    return actions;
  }

  /**
   * Puts what all messages share beside what is this one's; keys have dots, which names have not.
   */
  private void words(String language, Map<String, Object> scope) {
    Map<String, Object> values = Map.copyOf(scope);
    templates
        .words(language)
        .forEach(
            (key, word) -> {
              if (key.indexOf('.') < 0) {
                put(scope, "word_" + key, Templates.fill(word, values));
              }
            });
  }

  private String laidOut(Channel channel, Map<String, Object> scope) {
    Mustache layout = layouts.get(channel);
    if (layout == null) {
      throw new IllegalArgumentException("A channel without messages: " + channel.code());
    }
    String text = filled(layout, scope);
    return channel == Channel.SMS
        ? text.replaceAll("\\s+", " ").strip()
        : text.replaceAll("\\n{3,}", "\n\n").strip() + "\n";
  }

  private static String filled(Mustache layout, Map<String, Object> scope) {
    var text = new StringWriter();
    layout.execute(text, scope);
    return text.toString();
  }

  private List<String> links(
      Channel channel, List<Map<String, String>> actions, Map<String, Object> scope) {
    var links = new LinkedHashSet<String>();
    actions.forEach(action -> links.add(action.getOrDefault("url", "")));
    boolean page = channel == Channel.EMAIL || scope.containsKey("needs_page");
    for (String key : List.of("imprint_url", "privacy_url", "unsubscribe_url")) {
      boolean shown = key.equals("imprint_url") ? page : channel == Channel.EMAIL;
      if (shown && scope.get(key) instanceof String link) {
        links.add(link);
      }
    }
    return List.copyOf(links);
  }
}
