package rekindle.service.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.eligibility.EligibilityVocabularies;
import rekindle.facts.Channel;

/**
 * Whether a message carries an element, by the element's name in the tables. What no text can show,
 * such as the registration of a sender, counts only where the operator attests it; an element that
 * nobody wrote a check for counts as missing. Thread-safe.
 */
final class Elements {
  private static final int WORDS_IN_10_SECONDS = 25;
  private static final int WORDS_IN_30_SECONDS = 75;

  /** Texts of few characters may link to a page that tells the whole. */
  private static final Set<Channel> SHORT = Set.of(Channel.SMS, Channel.WHATSAPP, Channel.LINKEDIN);

  private final Sender sender;
  private final Phrases phrases;
  private final Map<String, Predicate<Part>> checks = new HashMap<>();

  Elements(Sender sender, Phrases phrases) {
    this.sender = sender;
    this.phrases = phrases;
    checks.put("sender_identity", part -> tells(part, sender.brand()));
    checks.put("brand_name", part -> tells(part, sender.brand()));
    checks.put("postal_address", this::tellsPostalAddress);
    checks.put("contact_details", this::tellsContact);
    checks.put("imprint", part -> links(part, sender.imprintUrl()));
    checks.put("free_stop_number", part -> tells(part, sender.freeStopNumber()));
    checks.put("one_click_unsubscribe", Elements::unsubscribesWithOneClick);
    checks.put("advertisement_notice", part -> says(part, "advertisement_notice"));
    checks.put("stop_notice", part -> says(part, "stop_notice"));
    checks.put("opt_out_notice", part -> says(part, "opt_out_notice"));
    checks.put("truthful_subject", this::hasTruthfulSubject);
    checks.put("caller_identity", this::namesCaller);
    checks.put("principal_phone_number", part -> tells(part, sender.phone()));
    checks.put(
        "identity_in_10_seconds",
        part -> namesBrandWithin(part, WORDS_IN_10_SECONDS) && says(part, "permission_question"));
    checks.put("identity_in_30_seconds", part -> namesBrandWithin(part, WORDS_IN_30_SECONDS));
  }

  /** The plain text of a message, or what is seen of its HTML. */
  private record Part(Draft draft, Channel channel, String text, List<String> links) {
    String folded() {
      return VisibleText.folded(text);
    }
  }

  /** Why the element counts as missing; null if it is there, in every part of the message. */
  @Nullable String objection(String element, Draft draft, Channel channel) {
    if (sender.attested().contains(element)) {
      return null;
    }
    Predicate<Part> check = checks.get(element);
    if (check == null) {
      return "No text can show "
          + named(element)
          + "; add it to messages.attested once the route of the messages fulfils it.";
    }
    for (Part part : parts(draft, channel)) {
      if (!check.test(part)) {
        return "The "
            + name(draft, part)
            + " does not carry "
            + named(element)
            + "."
            + hint(element);
      }
    }
    return null;
  }

  private static List<Part> parts(Draft draft, Channel channel) {
    String text = draft.text() == null ? "" : draft.text();
    Part plain = new Part(draft, channel, text, VisibleText.addresses(text));
    if (draft.html() == null) {
      return List.of(plain);
    }
    Part html =
        new Part(
            draft, channel, VisibleText.ofHtml(draft.html()), VisibleText.targets(draft.html()));
    return draft.text() == null ? List.of(html) : List.of(plain, html);
  }

  private static String name(Draft draft, Part part) {
    return draft.html() == null ? "message" : part.text().equals(draft.text()) ? "text" : "HTML";
  }

  private static String named(String element) {
    String meaning = EligibilityVocabularies.ELEMENT.meanings().get(element);
    return element + (meaning == null ? "" : " (" + meaning + ")");
  }

  /** Where a setting that the check needs is empty. */
  private String hint(String element) {
    String setting =
        switch (element) {
          case "postal_address" -> empty(sender.postalAddress(), "publicPages.brand.postalAddress");
          case "contact_details" -> empty(sender.contact(), "publicPages.brand.contact");
          case "imprint" -> empty(sender.imprintUrl(), "messages.imprintUrl");
          case "free_stop_number" -> empty(sender.freeStopNumber(), "messages.freeStopNumber");
          case "principal_phone_number", "caller_identity" ->
              empty(sender.phone(), "messages.phone");
          default -> "";
        };
    return setting.isEmpty() ? "" : " The configuration says nothing at " + setting + ".";
  }

  private static String empty(String value, String setting) {
    return value.isBlank() ? setting : "";
  }

  private static boolean tells(Part part, String what) {
    return !what.isBlank() && part.folded().contains(VisibleText.folded(what));
  }

  private static boolean links(Part part, String url) {
    return !url.isBlank() && part.links().contains(url);
  }

  private boolean says(Part part, String kind) {
    return phrases.holds(kind, part.text());
  }

  private boolean tellsPostalAddress(Part part) {
    return tells(part, sender.postalAddress())
        || SHORT.contains(part.channel()) && links(part, sender.imprintUrl());
  }

  private boolean tellsContact(Part part) {
    return tells(part, sender.contact()) || links(part, sender.imprintUrl());
  }

  private boolean hasTruthfulSubject(Part part) {
    String subject = part.draft().subject();
    return subject != null
        && !subject.isBlank()
        && !phrases.holds(Phrases.SHAM_URGENCY, subject)
        && phrases.undatedEnds(subject).isEmpty();
  }

  private boolean namesCaller(Part part) {
    return tells(part, sender.brand())
        && (tells(part, sender.phone()) || tells(part, sender.contact()));
  }

  private boolean namesBrandWithin(Part part, int words) {
    String[] all = part.folded().split(" ");
    String first = String.join(" ", List.of(all).subList(0, Math.min(words, all.length)));
    return !sender.brand().isBlank() && first.contains(VisibleText.folded(sender.brand()));
  }

  /** RFC 8058, and the same link where a person sees it. */
  private static boolean unsubscribesWithOneClick(Part part) {
    Map<String, String> headers = part.draft().headers();
    String post = headers.getOrDefault(RenderedMessage.LIST_UNSUBSCRIBE_POST, "");
    return post.strip().equals(RenderedMessage.ONE_CLICK)
        && listed(headers.getOrDefault(RenderedMessage.LIST_UNSUBSCRIBE, "")).stream()
            .anyMatch(link -> MergeField.isUsableLink(link) && part.links().contains(link));
  }

  /** Links in angle brackets, parted by commas. */
  private static List<String> listed(String header) {
    return List.of(header.split(",", -1)).stream()
        .map(String::strip)
        .filter(link -> link.startsWith("<") && link.endsWith(">"))
        .map(link -> link.substring(1, link.length() - 1))
        .toList();
  }
}
