package rekindle.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.ExperimentArm;
import rekindle.decision.Decision.Incentive;
import rekindle.decision.Decision.Money;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.TraceEntry;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;
import rekindle.json.CanonicalJson;
import rekindle.json.StrictJson;
import rekindle.testing.ContractExamples;
import rekindle.testing.Schemas;

class DecisionWriterTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T15:00:00Z");
  private static final String RELEASE = "sha256:" + "9f2c".repeat(16);

  @Test
  void write_exampleOfTheContract_givesTheSameDocument() {
    ObjectNode example = (ObjectNode) StrictJson.read(ContractExamples.decision());
    ObjectNode written = (ObjectNode) StrictJson.read(DecisionWriter.write(full()));

    // The example shows two channels of the six.
    ((ObjectNode) written.get("channels")).retain("email", "sms");
    assertThat(written).isEqualTo(example);
  }

  @Test
  void write_emptiestDecision_keepsEveryKeyButTouch() {
    assertThat(new String(DecisionWriter.write(emptiest()), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"asOf\":\"2026-03-10T15:00:00.007Z\",\"channels\":{},\"cohort\":null,\"contactId\":\"c\","
                + "\"experiments\":[],\"group\":null,\"id\":null,\"incentive\":null,\"offerAngle\":null,"
                + "\"personId\":null,\"reasons\":[{\"citation\":null,\"code\":\"no_segment\",\"row\":null,"
                + "\"rule\":null,\"text\":\"No segment holds\"}],\"recheckAt\":null,\"release\":\""
                + RELEASE
                + "\",\"segment\":null,\"tier\":null,\"trace\":[],\"verdict\":\"out_of_scope\"}");
  }

  @Test
  void write_everyValue_isCanonicalAndValid() throws Exception {
    byte[] bytes = DecisionWriter.write(rich());

    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(new JsonCanonicalizer(text).getEncodedString()).isEqualTo(text);
    assertThat(CanonicalJson.of(StrictJson.read(bytes))).isEqualTo(bytes);
    assertThat(Schemas.objections(Schemas.DECISION, bytes)).isEmpty();
    assertThat(text)
        .contains("\"value\":{\"amount\":\"50.00\",\"currency\":\"USD\"}")
        .contains(
            "\"set\":{\"amount\":\"1.50\",\"days\":7,\"elements\":[\"a\",\"b\"],\"none\":null,\"yes\":true}");
  }

  @Test
  void write_incentiveWithoutValue_writesNull() {
    var incentive =
        new Incentive(
            "x", null, AS_OF, new Money(BigDecimal.ZERO, "EUR"), "incentives/Choice!11", "C-1");

    byte[] bytes = DecisionWriter.write(with(incentive, Map.of()));

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains(
            "\"incentive\":{\"code\":\"x\",\"cost\":{\"amount\":\"0\",\"currency\":\"EUR\"},"
                + "\"row\":\"incentives/Choice!11\",\"rule\":\"C-1\",\"validUntil\":\"2026-03-10T15:00:00Z\","
                + "\"value\":null}");
  }

  @Test
  void write_traceValueOfAnotherType_isRefused() {
    assertThatThrownBy(() -> DecisionWriter.write(with(null, Map.of("rate", 0.5))))
        .hasMessage("A trace holds no java.lang.Double");
  }

  @Test
  void schema_exampleWithItsFourOtherChannels_isValid() {
    JsonNode example = StrictJson.read(ContractExamples.decision());
    ObjectNode channels = (ObjectNode) example.get("channels");
    for (Channel channel : Channel.ALL) {
      if (!channels.has(channel.code())) {
        channels.set(channel.code(), channels.get("sms"));
      }
    }

    assertThat(objections(example)).isEmpty();
    ((ObjectNode) example.get("touch"))
        .put("id", "t-1")
        .put("unsubscribeUrl", "https://example.org/u/x");
    assertThat(objections(example)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "contactId",
        "personId",
        "asOf",
        "release",
        "verdict",
        "reasons",
        "segment",
        "group",
        "offerAngle",
        "tier",
        "cohort",
        "channels",
        "touch",
        "incentive",
        "experiments",
        "recheckAt",
        "trace"
      })
  void schema_missingKey_isRefused(String key) {
    ObjectNode decision = (ObjectNode) StrictJson.read(DecisionWriter.write(full()));

    assertThat(objections(decision)).isEmpty();
    assertThat(objections(decision.without(key))).isNotEmpty();
  }

  @Test
  void schema_otherFaults_areRefused() {
    ObjectNode decision = (ObjectNode) StrictJson.read(DecisionWriter.write(full()));

    assertThat(objections(decision.deepCopy().put("extra", 1))).isNotEmpty();
    assertThat(objections(decision.deepCopy().put("verdict", "send"))).isNotEmpty();
    assertThat(objections(decision.deepCopy().put("verdict", "park"))).isNotEmpty();
    assertThat(objections(decision.deepCopy().put("asOf", "2026-03-10T15:00:00.000Z")))
        .isNotEmpty();
    assertThat(objections(decision.deepCopy().put("asOf", "2026-03-10T15:00:00+01:00")))
        .isNotEmpty();
    assertThat(objections(decision.deepCopy().put("tier", "2"))).isNotEmpty();
    assertThat(objections(decision.deepCopy().set("reasons", decision.arrayNode()))).isNotEmpty();
    var sms = decision.deepCopy();
    ((ObjectNode) sms.get("channels")).remove("sms");
    assertThat(objections(sms)).isNotEmpty();
    var row = decision.deepCopy();
    ((ObjectNode) ((ArrayNode) row.get("trace")).get(0)).put("row", "Segments 17");
    assertThat(objections(row)).isNotEmpty();
  }

  private static List<String> objections(JsonNode decision) {
    return Schemas.objections(
        Schemas.DECISION, decision.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The example of the contract. */
  private static Decision full() {
    var denied =
        new ChannelAnswer(
            false,
            null,
            null,
            null,
            List.of(
                new Denial(
                    "consent_missing",
                    "…",
                    "47 CFR 64.1200(a)(2)",
                    null,
                    "eligibility/Consent!20",
                    "US-S-2")));
    var channels = new EnumMap<Channel, ChannelAnswer>(Channel.class);
    Channel.ALL.forEach(channel -> channels.put(channel, denied));
    channels.put(
        Channel.EMAIL,
        new ChannelAnswer(true, "opt_out_regime", "eligibility/Consent!16", "US-E-1", List.of()));
    return new Decision(
        "019…",
        "c-1042",
        "p-77",
        AS_OF,
        RELEASE,
        Verdict.TOUCH,
        List.of(
            new Reason(
                "step_due",
                "Step 2 of stalled is due since 2026-03-08",
                null,
                "cadence/Steps!19",
                "stalled-2")),
        "stalled",
        "qualified_unconverted",
        "product_update",
        2,
        "fresh",
        channels,
        touch(),
        null,
        List.of(new ExperimentArm("…", "…")),
        Instant.parse("2026-03-17T15:00:00Z"),
        List.of(
            new TraceEntry(
                "segment", "segments/Segments!17", "SEG-STALLED", Map.of("segment", "stalled"))));
  }

  private static PlannedTouch touch() {
    return new PlannedTouch(
        "stalled",
        2,
        3,
        "social_proof",
        Channel.EMAIL,
        "machine",
        "stalled.2.email",
        "en",
        List.of("sender_identity", "postal_address", "one_click_unsubscribe"),
        AS_OF,
        Instant.parse("2026-03-17T15:00:00Z"));
  }

  private static Decision emptiest() {
    return new Decision(
        null,
        "c",
        null,
        AS_OF.plusMillis(7),
        RELEASE,
        Verdict.OUT_OF_SCOPE,
        List.of(new Reason("no_segment", "No segment holds", null, null, null)),
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        List.of(),
        null,
        List.of());
  }

  private static Decision rich() {
    var set = new HashMap<String, @Nullable Object>();
    set.put("none", null);
    set.put("days", 7L);
    set.put("amount", new BigDecimal("1.50"));
    set.put("yes", true);
    set.put("elements", Arrays.asList("a", "b"));
    var incentive =
        new Incentive(
            "usage_credits",
            new Money(new BigDecimal("50.00"), "USD"),
            AS_OF,
            new Money(new BigDecimal("12.00"), "USD"),
            "incentives/Choice!12",
            "C-2");
    return with(incentive, set);
  }

  private static Decision with(@Nullable Incentive incentive, Map<String, @Nullable Object> set) {
    Decision full = full();
    return new Decision(
        full.id(),
        full.contactId(),
        full.personId(),
        full.asOf(),
        full.release(),
        Verdict.FOLLOW_UP,
        full.reasons(),
        full.segment(),
        full.group(),
        full.offerAngle(),
        full.tier(),
        full.cohort(),
        full.channels(),
        null,
        incentive,
        full.experiments(),
        full.recheckAt(),
        List.of(new TraceEntry("incentive", null, null, set)));
  }
}
