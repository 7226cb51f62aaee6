package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.message.ShippedMessages.NOW;
import static rekindle.service.message.ShippedMessages.SENDER;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.facts.Channel;
import rekindle.service.message.Preflight.Report;

class PreflightTest {
  private final Preflight preflight = new Preflight(SENDER, ShippedMessages.demands());

  private Report check(Channel channel, String where, String text) {
    return check(channel, where, new Draft(null, text, null, Map.of()));
  }

  private Report check(Channel channel, String where, Draft draft) {
    return preflight.check(draft, channel, List.of(where), List.of(), NOW);
  }

  private static List<@Nullable String> elements(Report report) {
    return report.findings().stream()
        .filter(finding -> finding.code().equals("missing_element"))
        .<@Nullable String>map(Finding::element)
        .toList();
  }

  private List<String> codes(String text) {
    return check(Channel.LINKEDIN, "JP", text).findings().stream().map(Finding::code).toList();
  }

  @Test
  void elements_thatAreMissing_areToldWithRowAndCitation() {
    Report report = check(Channel.SMS, "US-FL", "Hello!");

    assertThat(elements(report)).containsExactly("brand_name", "stop_notice");
    assertThat(report.passes()).isFalse();
    assertThat(report.findings().get(0).citation()).contains("47 CFR 64.1200");
    assertThat(report.findings().get(0).row()).isEqualTo("eligibility/Elements!14");
    assertThat(report.findings().get(0).rule()).isEqualTo("EL-US-SMS");
    assertThat(check(Channel.SMS, "US-FL", "ACME &  SÖHNE: hello. Reply STOP to end.").passes())
        .isTrue();
  }

  @Test
  void elements_thatNoTextShows_countOnlyWhereTheyAreAttested() {
    var bare = new Sender(SENDER.brand(), SENDER.colour(), "", "", "", "", "", "", Set.of());
    Report report =
        new Preflight(bare, ShippedMessages.demands())
            .check(
                new Draft(null, "Acme & Söhne: hello. Reply STOP to end.", null, Map.of()),
                Channel.SMS,
                List.of("US"),
                List.of("an_element_of_tomorrow"),
                NOW);
    assertThat(elements(report)).containsExactly("registered_sender", "an_element_of_tomorrow");
    assertThat(report.findings().get(0).text()).contains("messages.attested");
    assertThat(report.findings().get(1).row()).isNull();
  }

  @Test
  void unsubscribe_needsBothHeadersAndTheSameLinkInEveryPart() {
    RenderedMessage good =
        new Messages(SENDER).render(ShippedMessages.request("stalled.1.email", Map.of()));
    Draft draft = Draft.of(good);
    assertThat(elements(check(Channel.EMAIL, "JP", draft))).isEmpty();
    for (Draft broken :
        List.of(
            new Draft(draft.subject(), draft.text(), draft.html(), Map.of()),
            new Draft(
                draft.subject(),
                draft.text(),
                draft.html(),
                Map.of("List-Unsubscribe", "<https://news.example.com/u/AbC-_9>")),
            new Draft(
                draft.subject(),
                draft.text(),
                draft.html(),
                Map.of(
                    "list-unsubscribe", "<mailto:x@example.com>",
                    "list-unsubscribe-post", "List-Unsubscribe=One-Click")),
            new Draft(draft.subject(), "no link here", draft.html(), draft.headers()),
            new Draft(draft.subject(), draft.text(), "<p>no link here</p>", draft.headers()))) {
      assertThat(elements(check(Channel.EMAIL, "JP", broken)))
          .containsExactly("one_click_unsubscribe");
    }
  }

  @Test
  void html_thatHidesAnElementInAComment_doesNotCarryIt() {
    var hidden =
        new Draft(
            "s", null, "<p>Hello</p><!-- Acme &amp; Söhne --><style>Unsubscribe</style>", Map.of());
    assertThat(elements(check(Channel.EMAIL, "GB", hidden)))
        .contains("sender_identity", "opt_out_notice");
    var shown =
        new Draft("s", null, "<p>Acme &amp; S&#246;hne</p> <a href=x>Unsubscribe</a>", Map.of());
    assertThat(elements(check(Channel.EMAIL, "GB", shown)))
        .doesNotContain("sender_identity", "opt_out_notice");
  }

  @Test
  void script_thatNamesTheBusinessLate_isNotIdentifiedInTime() {
    String late =
        "word ".repeat(30)
            + "Acme & Söhne, +1 217 555 0100. Is it all right to go on? do-not-call list";
    assertThat(elements(check(Channel.PHONE, "US-CT", late)))
        .containsExactly("identity_in_10_seconds");
    assertThat(elements(check(Channel.PHONE, "US-FL", late))).isEmpty();
    assertThat(elements(check(Channel.PHONE, "US-FL", "word ".repeat(50) + late)))
        .containsExactly("identity_in_30_seconds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This is your LAST   chance",
        "Hurry!",
        "Don’t miss out",
        "The offer expires soon",
        "It ends in 24 hours",
        "Only 3 days left",
        "Letzte Chance",
        "Only 2 left at this price!",
        "The last three seats are going",
        "Last day tomorrow",
        "La\u200bst chance",
        "Why not act now?",
        "Solo quedan 5",
      })
  void urgency_thatIsNotTrue_blocks(String text) {
    assertThat(codes(text)).containsExactly("sham_urgency");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The price holds until January 30, 2027.",
        "It expires on 2027-01-30.",
        "Gültig bis 30. Januar",
        "The offer ends today, 30.01.2027",
        "No harm done; this is our last note.",
        "We have the urgency of a snail",
      })
  void term_withItsDay_doesNot(String text) {
    assertThat(codes(text)).isEmpty();
  }

  @Test
  void term_whoseDayStandsInAnotherSentence_isUndated() {
    assertThat(codes("The offer ends soon. We met on January 30, 2027."))
        .containsExactly("sham_urgency");
  }

  @ParameterizedTest
  @CsvSource({
    "You forgot us, guilt",
    "We're disappointed., guilt",
    "'Hi {{first_name}}', placeholder_left",
    "Hi ${name}, placeholder_left",
    "Hi null, placeholder_left",
    "Hi *|FNAME|*, placeholder_left",
    "Hi {name}, placeholder_left",
    "Hi <<first name>>, placeholder_left",
    "Hi <first name>, placeholder_left",
    "You have ignored us, guilt",
    "Hi %FIRSTNAME%, placeholder_left",
    "Hi [First Name], placeholder_left",
    "'Hi {{first_name', placeholder_left",
    "See http://example.com/x, link_not_https",
    "See www.example.com, link_not_https",
    "See https://bit.ly/abc, link_shortener",
    "See https://www.tinyurl.com/abc, link_shortener",
    "See https://192.168.1.1/x, link_raw_ip",
    "See https://2130706433/x, link_raw_ip",
    "See https://[::1]/x, link_raw_ip",
    "See https://example.com@evil.example/x, link_unclear",
    "'  ', message_empty",
  })
  void faults_areFound(String text, String code) {
    assertThat(codes(text)).contains(code);
  }

  @Test
  void allPhrases_areTold_andWholePlaceholdersOnce() {
    assertThat(codes("Last chance, act now. Hi {{name}}, it expires soon."))
        .containsExactly("sham_urgency", "sham_urgency", "sham_urgency", "placeholder_left");
    assertThat(check(Channel.LINKEDIN, "JP", "Last chance until December 10, 2026").findings())
        .extracting(Finding::text)
        .containsExactly("\"last chance\" presses without need, whatever the term; leave it out.");
  }

  @Test
  void words_thatOnlyLookLikeFaults_pass() {
    assertThat(codes("See [1] and {1}: 50% more, 20% OFF, and 3 < 4 << 9.")).isEmpty();
    assertThat(codes("Take your time, there is no hurry. It is not urgent.")).isEmpty();
    assertThat(codes("We act now and then. Hurry-free onboarding.")).isEmpty();
    assertThat(codes("Nullable types annulled; https://example.com/a?b=(c). Hurrying none."))
        .isEmpty();
    var mail =
        new Draft("s", "t", "<a href='mailto:a@example.com'>a</a> <a href=tel:+1>b</a>", Map.of());
    assertThat(check(Channel.LINKEDIN, "JP", mail).findings()).isEmpty();
    var http = new Draft("s", "t", "<a class=x href = \"http&#58;//example.com\">a</a>", Map.of());
    assertThat(check(Channel.LINKEDIN, "JP", http).findings())
        .extracting(Finding::code)
        .containsExactly("link_not_https");
  }

  @Test
  void subject_ofAnEmail_mustBeThere_inOneLine() {
    var none = new Draft(null, "t", null, Map.of());
    assertThat(check(Channel.EMAIL, "JP", none).findings())
        .extracting(Finding::code)
        .contains("subject_missing");
    var broken = new Draft("a\nBcc: b@example.com", "t", null, Map.of());
    assertThat(check(Channel.EMAIL, "JP", broken).findings())
        .extracting(Finding::code)
        .contains("subject_broken");
  }

  private List<String> linkCodes(String anchor) {
    return check(Channel.LINKEDIN, "JP", new Draft("s", "t", anchor, Map.of())).findings().stream()
        .map(finding -> finding.code() + (finding.blocks() ? "" : " (warning)"))
        .toList();
  }

  @Test
  void linkThatShowsAnotherAddress_blocks_andANameWithAPointIsWarnedOf() {
    assertThat(linkCodes("<a href='https://evil.example/x'>See <b>https://bank.example/x</b>.</a>"))
        .containsExactly("link_shows_another");
    assertThat(linkCodes("<a href='https://evil.example/x'>bank.example</a>"))
        .containsExactly("link_shows_another (warning)");
    assertThat(
            linkCodes(
                "<a href='https://click.acme.example/t?x=1'>https://www.acme.example</a>"
                    + " <a href='https://acme.example/b'>acme.example/b</a>"
                    + " <a href='https://acme.example'>Node 1.2 and e.g. this</a>"))
        .isEmpty();
  }

  @Test
  void sms_ofMoreThanTwoSegments_isWarnedOfAndPasses() {
    Report report = check(Channel.SMS, "JP", "a".repeat(307));
    assertThat(report.passes()).isTrue();
    assertThat(report.findings()).extracting(Finding::code).containsExactly("sms_long");
    assertThat(report.segments()).isEqualTo(new SmsSegments("gsm_7bit", 307, 3));
    assertThat(check(Channel.SMS, "JP", "a".repeat(306)).findings()).isEmpty();
  }

  @Test
  void subject_thatPresses_isNotTruthfulInWashington() {
    RenderedMessage good =
        new Messages(SENDER).render(ShippedMessages.request("stalled.1.email", Map.of()));
    Draft pressing = new Draft("Act now", good.text(), good.html(), Draft.of(good).headers());
    assertThat(elements(check(Channel.EMAIL, "US-WA", pressing)))
        .containsExactly("truthful_subject");
    assertThat(elements(check(Channel.EMAIL, "US-OR", pressing))).isEmpty();
  }

  @Test
  void message_thatDidNotPass_cannotBeSent() {
    RenderedMessage message =
        new Messages(SENDER).render(ShippedMessages.request("stalled.1.email", Map.of()));
    assertThat(preflight.check(message, List.of("US-WA"), List.of(), NOW).passed()).isPresent();
    assertThat(preflight.check(message, List.of("US-WA"), List.of("dlt_template_2"), NOW).passed())
        .isEmpty();
  }
}
