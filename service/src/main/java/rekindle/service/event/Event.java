package rekindle.service.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.service.intake.EventDocument;
import rekindle.service.optout.OptOut;
import rekindle.service.optout.OptOutRules;
import rekindle.service.optout.OptOutRules.Effect;
import rekindle.service.optout.OptOutRules.Meaning;
import rekindle.service.store.OpenTouches;

/**
 * An event with what it means by the active release, before anything is known of its contact.
 *
 * @param meaning of its text; null if it has none
 * @param effects what it ends, those that end something
 * @param disposition of the response; null if it is not known
 */
record Event(
    EventDocument document,
    @Nullable Meaning meaning,
    List<Effect> effects,
    @Nullable String disposition) {
  /** What those reasons that somebody may give are called in the table of replies. */
  private static final Map<String, String> MEANINGS =
      Map.of(
          "opt_out", "opt_out",
          "complaint", "complaint",
          "hard_bounce", "hard_bounce",
          "not_interested", "not_interested",
          "wrong_person", "wrong_person",
          "legal", "legal_threat");

  static Event of(EventDocument document, OptOutRules rules) {
    Channel channel = document.channel();
    Instant at = document.at();
    String text = document.text();
    Meaning meaning =
        text == null || !isWritten(document)
            ? null
            : rules.read(text, channel, document.language(), at);
    var effects = new ArrayList<Effect>();
    String told = told(document, meaning);
    if (told != null) {
      effects.add(rules.effect(told, channel, at));
    }
    String disposition = document.disposition();
    if (meaning != null) {
      Effect ofText = rules.effect(meaning.code(), channel, at);
      effects.add(ofText);
      // A text that says nothing for certain leaves what the sender says of it.
      if (disposition == null || !ofText.ends().isEmpty()) {
        disposition = ofText.disposition();
      }
    }
    return new Event(
        document, meaning, effects.stream().filter(e -> !e.ends().isEmpty()).toList(), disposition);
  }

  private static boolean isWritten(EventDocument document) {
    return document.kind().equals("reply") || document.kind().equals("opt_out");
  }

  /** What the event means besides its text; null if nothing that ends anything. */
  private static @Nullable String told(EventDocument document, @Nullable Meaning meaning) {
    return switch (document.kind()) {
      case "opt_out" -> {
        String reason = document.reason();
        yield document.scope().contains(OptOutRules.ALL)
            ? "opt_out_all"
            : MEANINGS.get(reason == null ? "opt_out" : reason);
      }
      case "complaint", "hard_bounce" -> document.kind();
      case "reply" ->
          meaning == null && "negative".equals(document.disposition()) ? "not_interested" : null;
      default -> null;
    };
  }

  boolean isNo() {
    return !effects.isEmpty() || document.kind().equals("opt_out");
  }

  /** The noes that it says of a contact. */
  List<OptOut> noes(String contactId) {
    var noes = new ArrayList<OptOut>();
    for (Effect effect : effects) {
      noOf(effect, contactId).ifPresent(noes::add);
    }
    String reason = document.reason();
    boolean byRow = reason == null || MEANINGS.containsKey(reason);
    if (document.kind().equals("opt_out") && (!byRow || !document.scope().isEmpty())) {
      noes.add(told(contactId, byRow, reason));
    }
    return noes;
  }

  private Optional<OptOut> noOf(Effect effect, String contactId) {
    return OptOut.of(
        effect,
        contactId,
        document.channel(),
        document.source(),
        document.id(),
        document.at(),
        document.text());
  }

  /** What whoever told it says that it ends; a reason that no row knows ends everything. */
  private OptOut told(String contactId, boolean byRow, @Nullable String reason) {
    List<String> ends =
        byRow ? List.copyOf(new LinkedHashSet<>(document.scope())) : List.of(OptOutRules.ALL);
    return new OptOut(
        contactId,
        document.channel(),
        ends.contains(OptOutRules.ALL) ? List.of(OptOutRules.ALL) : ends,
        reason == null ? "opt_out" : reason,
        false,
        document.source(),
        document.id(),
        null,
        null,
        document.at(),
        document.text());
  }

  /**
   * Whether it tells a response of the person: whoever has a number or an address that is not the
   * person's has said nothing of the person.
   */
  boolean isResponse() {
    boolean isOfAnother =
        document.kind().equals("opt_out")
            && document.scope().isEmpty()
            && !effects.isEmpty()
            && effects.stream().allMatch(Effect::forAddress);
    return document.isResponse() && !isOfAnother;
  }

  Response response() {
    return new Response(document.at(), document.channel(), document.kind(), disposition);
  }

  boolean isEngaging() {
    return OpenTouches.ENGAGING.contains(document.kind()) && !"automatic".equals(disposition);
  }
}
