package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rekindle.service.message.ShippedMessages.SENDER;
import static rekindle.service.message.ShippedMessages.UNSUBSCRIBE;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;

class MessagesTest {
  private final Messages messages = new Messages(SENDER);

  private RenderedMessage render(String template, Map<MergeField, String> fields) {
    return messages.render(ShippedMessages.request(template, fields));
  }

  @Test
  void email_ofAnOffer_tellsHistoryOfferAndItsRealEnd() {
    RenderedMessage message = render("stalled.3.email", ShippedMessages.allFields());

    assertThat(message.subject()).isEqualTo("A way to start that may suit you");
    assertThat(message.text())
        .contains("Hi Zoë <b>,", "the price was above your budget")
        .contains(
            "usage credits worth 500 USD",
            "until January 30, 2027, 12:00 EST",
            "For one account, once.")
        .contains("Kim, Acme & Söhne", "1 Main Street, Springfield", "Unsubscribe: " + UNSUBSCRIBE);
    assertThat(message.headers())
        .containsEntry("List-Unsubscribe", "<" + UNSUBSCRIBE + ">")
        .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }

  @Test
  void html_ofValuesWithMarkup_isEscapedAndSaysTheSame() {
    RenderedMessage message = render("stalled.2.email", ShippedMessages.allFields());

    assertThat(message.html())
        .contains("Zoë &lt;b&gt;", "Acme &amp; Söhne", "O&#39;Neil &amp; Co")
        .doesNotContain("<b>", "<img", "<script");
    String seen = VisibleText.folded(VisibleText.ofHtml(String.valueOf(message.html())));
    assertThat(seen)
        .contains("hi zoë <b>,", "you looked into single sign-on with us for o'neil & co.");
    assertThat(VisibleText.targets(String.valueOf(message.html())))
        .containsExactlyElementsOf(
            message.links().stream()
                .sorted((a, b) -> Integer.compare(order(a), order(b)))
                .toList());
  }

  /** In the footer the unsubscribe link comes first. */
  private static int order(String link) {
    return link.contains("guide")
        ? 0
        : link.equals(UNSUBSCRIBE) ? 1 : link.endsWith("privacy") ? 2 : 3;
  }

  @Test
  void links_ofTheWeb_areMarkedWithTheirCampaign_exceptThoseMarkedBefore() {
    Map<MergeField, String> fields = ShippedMessages.allFields();
    assertThat(render("stalled.1.email", fields).links())
        .contains(
            "https://example.com/guide?utm_source=rekindle&utm_medium=email&utm_campaign=stalled&utm_content=stalled.1.email#part",
            UNSUBSCRIBE);
    assertThat(render("no_show.2.email", fields).text())
        .contains("https://cal.example.com/lee?x=1&utm_source=rekindle&utm_medium=email");
    fields.put(MergeField.CALENDAR_LINK, "https://cal.example.com/kim?utm_source=crm");
    assertThat(render("no_show.1.email", fields).links())
        .contains("https://cal.example.com/kim?utm_source=crm");
  }

  @Test
  void message_withoutFields_hasItsOtherSentences() {
    RenderedMessage message = render("standard_five.1.email", Map.of());
    assertThat(message.subject()).isEqualTo("A short answer to what you were looking for");
    assertThat(message.text())
        .contains(
            "Hi there,",
            "You had a look at what we do",
            "a person answers it",
            "The team at Acme & Söhne")
        .doesNotContain("null", "utm_");
  }

  @Test
  void sms_isOneLineWithBrandAndStop_andTellsMoreWhereThatIsDemanded() {
    var template = new ShippedMessages.Template("no_show.1.sms", "no_show", Channel.SMS, false);
    String plain =
        messages.render(ShippedMessages.request(template, Map.of(), null, Set.of())).text();
    assertThat(plain)
        .isEqualTo(
            "Acme & Söhne: We missed each other. No harm done. A new time is quickly found:"
                + " Reply with a time that suits you. Ad. Reply STOP to end.");
    String france =
        messages
            .render(
                ShippedMessages.request(
                    template, Map.of(), null, Set.of("free_stop_number", "imprint")))
            .text();
    assertThat(france).contains("STOP to 36111 is free.", "https://example.com/imprint");
  }

  @Test
  void phoneScript_opensWithWhoCalls_andEndsInDispositions() {
    String script = render("closed_lost.2.phone", ShippedMessages.allFields()).text();
    assertThat(script)
        .startsWith(
            "\"Hello Zoë <b>, my name is Kim, I am calling from Acme & Söhne. This is a sales call.")
        .contains("do-not-call list", "- do_not_call:", "- wrong_person:", "- voicemail:");
  }

  @Test
  void language_thatNobodyWrote_fallsBackToEnglish_fileByFile() {
    Map<String, String> files =
        Map.of(
            "de/stalled.1.email.mustache",
                "Subject: Guten Tag\nOtherwise: Antworten Sie.\n\nEin Absatz.",
            "de/words.properties", "greeting=Guten Tag,");
    var mixed =
        new Messages(
            SENDER,
            new Templates(
                name -> Optional.ofNullable(files.get(name)).or(() -> Resources.find(name))));
    RenderedMessage german = mixed.render(inLanguage("stalled.1.email", "de-AT"));
    assertThat(german.language()).isEqualTo("de");
    assertThat(german.text()).startsWith("Guten Tag,\n\nEin Absatz.").contains("Unsubscribe: ");
    assertThat(german.html()).contains("<html lang=\"de\">");
    assertThat(mixed.render(inLanguage("stalled.3.email", "de")).language()).isEqualTo("en");
    assertThat(mixed.render(inLanguage("stalled.3.email", "../../x")).language()).isEqualTo("en");
  }

  private static MessageRequest inLanguage(String template, String language) {
    return new MessageRequest(
        template,
        "stalled",
        Channel.EMAIL,
        language,
        Map.of(),
        null,
        Set.of(),
        UNSUBSCRIBE,
        ZoneId.of("UTC"));
  }

  @Test
  void value_withLineBreaksAndTags_staysAValue() {
    var fields = new EnumMap<MergeField, String>(MergeField.class);
    fields.put(MergeField.LAST_TOPIC, "x\r\nBcc: a@example.com\u2028{{brand}}");
    RenderedMessage message = render("stalled.1.email", fields);
    assertThat(message.subject()).isEqualTo("Something useful on x Bcc: a@example.com {{brand}}");
    assertThat(message.text()).contains("about x Bcc: a@example.com {{brand}}");
  }

  @Test
  void template_thatIsNot_isToldByItsName() {
    MessageRequest request = inLanguage("stalled.9.email", "en");
    assertThatThrownBy(() -> messages.render(request))
        .isInstanceOf(UnknownTemplate.class)
        .hasMessageContaining("stalled.9.email");
    assertThat(messages.has("../en/words")).isFalse();
    assertThat(messages.has("stalled.1.email")).isTrue();
  }

  @Test
  void incentive_ofACodeWithoutText_isToldInGeneral() {
    var template = new ShippedMessages.Template("churned.2.email", "churned", Channel.EMAIL, true);
    String text =
        messages
            .render(
                ShippedMessages.request(
                    template, Map.of(), ShippedMessages.offer("something_new"), Set.of()))
            .text();
    assertThat(text)
        .contains(
            "We have set something aside for you, worth 500 USD. It holds until January 30, 2027");
  }
}
