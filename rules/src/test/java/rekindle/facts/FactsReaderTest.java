package rekindle.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.json.StrictJson;
import rekindle.testing.ContractExamples;
import rekindle.testing.RandomFacts;

class FactsReaderTest {

  @Test
  void read_exampleOfTheContract_keepsEveryField() {
    ContactFacts facts = FactsReader.read(ContractExamples.facts());

    assertThat(facts.contact().id()).isEqualTo("c-1042");
    assertThat(facts.contact().lastInboundAt())
        .isEqualTo(Map.of(Channel.WHATSAPP, Instant.parse("2026-03-10T08:00:00Z")));
    assertThat(facts.contact().tags()).containsExactly("price", "timing");
    assertThat(facts.reach()).hasSize(6).containsEntry(Channel.PAID_MEDIA, "matchable");
    assertThat(facts.lifecycle().deal())
        .isEqualTo(
            new ContactFacts.Deal(
                "proposal",
                "lost",
                Instant.parse("2025-10-02T00:00:00Z"),
                "competitor",
                new BigDecimal("12000.00")));
    assertThat(facts.lifecycle().lastLoginAt()).isNull();
    assertThat(facts.value().grossMarginRate()).isEqualTo("0.80");
    assertThat(facts.history().incentives()).hasSize(1);
    assertThat(facts.consents().get(0).proofHash()).isEqualTo("sha256:…");
    assertThat(facts.suppressions().get(0).until()).isNull();
    assertThat(facts.registry().reassigned())
        .isEqualTo(new ContactFacts.Reassigned("no", Instant.parse("2026-02-20T00:00:00Z")));
    assertThat(facts.touches().get(0).step()).isEqualTo(1);
    assertThat(facts.responses().get(0).channel()).isEqualTo(Channel.EMAIL);
    assertThat(facts.triggers().get(0).matchesGap()).isTrue();
    assertThat(facts.journey()).isNotNull();
    assertThat(facts.channelHealth()).containsEntry(Channel.SMS, "paused");
  }

  @Test
  void read_onlyTheId_isLegal_andNullIsAbsent() {
    ContactFacts facts = FactsReader.read("{\"contact\":{\"id\":\"c\"}}");

    assertThat(
            FactsReader.read(
                """
                {"contact": {"id": "c", "personId": null, "jurisdictions": null, "lastInboundAt": null,
                             "globalPrivacyControl": null, "lastEngagementAt": null, "language": null},
                 "reach": {"email": null}, "lifecycle": null, "value": {"lifetimeValue": null}, "history": null,
                 "consents": null, "registry": {"lists": null, "reassigned": null}, "journey": null,
                 "channelHealth": null}
                """))
        .isEqualTo(facts);
    assertThat(facts.lifecycle()).isEqualTo(ContactFacts.NO_LIFECYCLE);
    assertThat(facts.history().openEscalation()).isFalse();
    assertThat(facts.contact().globalPrivacyControl()).isFalse();
  }

  @Test
  void read_instants_takesAnyOffsetAndTruncatesToTheMillisecond() {
    var facts =
        FactsReader.read(
            "{\"contact\":{\"id\":\"c\",\"lastEngagementAt\":\"2026-03-10T15:00:00.1239+05:30\"}}");

    assertThat(facts.contact().lastEngagementAt()).isEqualTo("2026-03-10T09:30:00.123Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | /contact: is missing",
        "[] | document: expected an object, found a list",
        "{`contact`:[]} | /contact: expected an object, found a list",
        "{`contact`:{}} | /contact/id: is missing",
        "{`contact`:{`id`:null}} | /contact/id: is missing",
        "{`contact`:{`id`:5}} | /contact/id: expected a text, found the number 5",
        "{`contact`:{`id`:` `}} | /contact/id: the text is empty; leave the field out if it is unknown",
        "{`contact`:{`id`:`a\\nb`}} | /contact/id: the text holds a control character, such as a line break; remove it",
        "{`contact`:{`id`:`e\\u0301`}} | /contact/id: the text is not in Unicode normal form C; normalise it",
        "{`contact`:{`id`:`c`},`consent`:[]} | /consent: `consent` is no known field; did you mean `consents`? Allowed: contact, reach, lifecycle, value, history, consents, suppressions, registry, touches, responses, triggers, journey, channelHealth",
        "{`contact`:{`id`:`c`,`e~/mail`:`x`}} | /contact/e~0~1mail: `e~/mail` is no known field; Allowed: id, personId, accountId, program, business, language, subscriberType, relationship, jurisdictions, timeZones, source, statusAtLastTouch, lastTouchChannel, lastEngagementAt, lastInquiryAt, lastInboundAt, doNotContactScope, globalPrivacyControl, tags",
        "{`contact`:{`id`:`c`,`business`:`B2B`}} | /contact/business: `B2B` is no known kind of business; did you mean `b2b`? Allowed: b2b, b2c",
        "{`contact`:{`id`:`c`,`lastTouchChannel`:`pigeon`}} | /contact/lastTouchChannel: `pigeon` is no known channel; Allowed: email, sms, phone, linkedin, whatsapp, paid_media",
        "{`contact`:{`id`:`c`,`language`:`en_US`}} | /contact/language: `en_US` is no BCP 47 language; write it like en or pt-BR",
        "{`contact`:{`id`:`c`,`jurisdictions`:[`US`,`UK`]}} | /contact/jurisdictions/1: `UK` is no jurisdiction; expected ISO 3166, for example US-TX or DE. Did you mean GB?",
        "{`contact`:{`id`:`c`,`jurisdictions`:[`us-tx`]}} | /contact/jurisdictions/0: `us-tx` is no jurisdiction; expected ISO 3166, for example US-TX or DE. Did you mean US-TX?",
        "{`contact`:{`id`:`c`,`jurisdictions`:`US`}} | /contact/jurisdictions: expected a list, found the text `US`",
        "{`contact`:{`id`:`c`,`jurisdictions`:[null]}} | /contact/jurisdictions/0: expected a text, found null",
        "{`contact`:{`id`:`c`,`timeZones`:[`America/NewYork`]}} | /contact/timeZones/0: `America/NewYork` is no IANA time zone; write it like America/New_York or UTC. Did you mean America/New_York?",
        "{`contact`:{`id`:`c`,`timeZones`:[`+05:30`]}} | /contact/timeZones/0: `+05:30` is no IANA time zone; write it like America/New_York or UTC",
        "{`contact`:{`id`:`c`,`globalPrivacyControl`:`yes`}} | /contact/globalPrivacyControl: expected true or false, found the text `yes`",
        "{`contact`:{`id`:`c`,`lastInquiryAt`:`2026-03-10`}} | /contact/lastInquiryAt: `2026-03-10` is no instant; write date, time and zone, for example 2026-03-10T15:00:00Z",
        "{`contact`:{`id`:`c`,`lastInquiryAt`:1773154800}} | /contact/lastInquiryAt: expected a text, found the number 1773154800",
        "{`contact`:{`id`:`c`,`lastInquiryAt`:`0026-03-10T00:00:00Z`}} | /contact/lastInquiryAt: `0026-03-10T00:00:00Z` lies outside the years 1900 to 2199",
        "{`contact`:{`id`:`c`,`lastInboundAt`:{`fax`:null}}} | /contact/lastInboundAt/fax: `fax` is no known field; Allowed: email, linkedin, paid_media, phone, sms, whatsapp",
        "{`contact`:{`id`:`c`},`reach`:{`linkedin`:`yes`}} | /reach/linkedin: `yes` is no known state of a LinkedIn profile; Allowed: connected, not_connected",
        "{`contact`:{`id`:`c`},`value`:{`lifetimeValue`:4200.5}} | /value/lifetimeValue: a decimal is written as a text: `4200.5`",
        "{`contact`:{`id`:`c`},`value`:{`lifetimeValue`:`4,200.00`}} | /value/lifetimeValue: `4,200.00` is no plain decimal; write it with a point, for example `4200.00`",
        "{`contact`:{`id`:`c`},`value`:{`lifetimeValue`:`1e3`}} | /value/lifetimeValue: `1e3` is no plain decimal; write it with a point, for example `4200.00`",
        "{`contact`:{`id`:`c`},`value`:{`acquisitionCost`:`-1`}} | /value/acquisitionCost: `-1` does not lie between 0 and 999999999999999.999999",
        "{`contact`:{`id`:`c`},`value`:{`grossMarginRate`:`80`}} | /value/grossMarginRate: `80` does not lie between -1 and 1",
        "{`contact`:{`id`:`c`},`value`:{`currency`:`usd`}} | /value/currency: `usd` is no ISO 4217 currency; write it like USD, EUR or INR",
        "{`contact`:{`id`:`c`},`lifecycle`:{`orders`:{`count`:1.5}}} | /lifecycle/orders/count: expected a whole number, found the number 1.5",
        "{`contact`:{`id`:`c`},`lifecycle`:{`orders`:{`count`:-1}}} | /lifecycle/orders/count: -1 does not lie between 0 and 9007199254740991",
        "{`contact`:{`id`:`c`},`lifecycle`:{`orders`:{`count`:99999999999999999999}}} | /lifecycle/orders/count: 99999999999999999999 does not lie between 0 and 9007199254740991",
        "{`contact`:{`id`:`c`},`consents`:[{`channel`:`sms`}]} | /consents/0/basis: is missing",
        "{`contact`:{`id`:`c`},`consents`:{}} | /consents: expected a list, found an object",
        "{`contact`:{`id`:`c`},`consents`:[`sms`]} | /consents/0: expected an object, found the text `sms`",
        "{`contact`:{`id`:`c`},`touches`:[{`sequence`:`s`,`step`:0,`channel`:`sms`,`at`:`2026-01-01T00:00:00Z`,`outcome`:`delivered`}]} | /touches/0/step: 0 does not lie between 1 and 1000",
        "{`contact`:{`id`:`c`},`channelHealth`:{`sms`:true}} | /channelHealth/sms: expected a text, found true",
      })
  void read_faultyFacts_saysWhereWhatAndWhatIsAllowed(String document, String expected) {
    assertThat(problemsOf(document.strip().replace('`', '"')))
        .containsExactly(expected.replace('`', '"'));
  }

  @Test
  void read_manyFaults_namesAllOfThemAtOnce() {
    assertThat(
            problemsOf(
                """
                {"contact": {"personId": 7, "bussiness": "b2b", "personId": "p"},
                 "suppressions": [{"scope": "fax", "since": "yesterday", "until": "2026-01-01T00:00:00Z"}, 5],
                 "touches": [{}],
                 "journey": {"enteredAt": "2026-01-01T00:00:00Z"}}
                """))
        .containsExactly(
            "/contact/personId: the field is given twice",
            "/contact/id: is missing",
            "/contact/bussiness: \"bussiness\" is no known field; did you mean \"business\"? Allowed: id, personId,"
                + " accountId, program, business, language, subscriberType, relationship, jurisdictions, timeZones,"
                + " source, statusAtLastTouch, lastTouchChannel, lastEngagementAt, lastInquiryAt, lastInboundAt,"
                + " doNotContactScope, globalPrivacyControl, tags",
            "/suppressions/0/scope: \"fax\" is no known scope; Allowed: all, email, sms, phone, linkedin, whatsapp,"
                + " paid_media",
            "/suppressions/0/reason: is missing",
            "/suppressions/0/since: \"yesterday\" is no instant; write date, time and zone, for example"
                + " 2026-03-10T15:00:00Z",
            "/suppressions/1: expected an object, found the number 5",
            "/touches/0/sequence: is missing",
            "/touches/0/step: is missing",
            "/touches/0/channel: is missing",
            "/touches/0/at: is missing",
            "/touches/0/outcome: is missing",
            "/journey/sequence: is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "email", "phone", "address", "notes", "emailAddress", "company"})
  void read_identifyingField_isRefused(String field) {
    assertThat(problemsOf("{\"contact\":{\"id\":\"c\",\"" + field + "\":\"x\"}}")).hasSize(1);
  }

  @Test
  void read_lengthOfTexts_isCountedInCharacters() {
    assertThat(FactsReader.read("{\"contact\":{\"id\":\"" + "😀".repeat(200) + "\"}}")).isNotNull();
    assertThat(problemsOf("{\"contact\":{\"id\":\"" + "😀".repeat(201) + "\"}}"))
        .containsExactly("/contact/id: the text has 201 characters; at most 200");
  }

  @Test
  void read_longUnknownValue_isCutInTheMessage() {
    assertThat(
            problemsOf("{\"contact\":{\"id\":\"c\",\"business\":\"" + "😀\\n".repeat(500) + "\"}}")
                .get(0))
        .startsWith("/contact/business: \"😀\uFFFD😀")
        .hasSizeLessThan(200);
  }

  @Test
  void read_hundredThousandUnknownZones_isBoundedInTimeAndAnswer() {
    String zones = "\"Amerika/New_Yorc\",".repeat(50_000) + "\"x\"";

    assertThat(problemsOf("{\"contact\":{\"id\":\"c\",\"timeZones\":[" + zones + "]}}"))
        .hasSize(201);
  }

  @Test
  void read_insideALargerDocument_addsItsPointer() {
    var problems = new JsonProblems();

    FactsReader.read(StrictJson.read("{\"contact\":{\"id\":1}}"), "/facts", problems);

    assertThat(problems.list())
        .containsExactly(
            new JsonProblem("/facts/contact/id", "expected a text, found the number 1"));
  }

  @Test
  void read_whatWasWritten_givesEqualFactsAndEqualBytes() {
    for (long seed = 0; seed < 3000; seed++) {
      ContactFacts facts = RandomFacts.of(seed);
      byte[] bytes = FactsWriter.write(facts);

      ContactFacts again = FactsReader.read(bytes);
      assertThat(again).as("seed %d", seed).isEqualTo(facts);
      assertThat(FactsWriter.write(again)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  private static List<String> problemsOf(String document) {
    var invalid =
        catchThrowableOfType(
            InvalidJson.class, () -> FactsReader.read(document.getBytes(StandardCharsets.UTF_8)));
    return invalid.problems().stream().map(JsonProblem::toString).toList();
  }
}
