package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.FactsReader;
import rekindle.facts.FactsWriter;

class GeneratedLedgerTest {
  private static final long SEED = GeneratedLedger.STANDARD_SEED;

  @Test
  void ledger_inAnyOrder_isTheSame() {
    List<ContactFacts> plain = sample(SampleData.telco());
    Map<String, ContactFacts> first = new HashMap<>();
    var ledger = new GeneratedLedger(SEED, Reading.AS_OF);
    plain.forEach(facts -> first.put(facts.contact().id(), ledger.addTo(facts)));
    var shuffled = new ArrayList<>(plain);
    Collections.shuffle(shuffled, new Random(7));
    var again = new GeneratedLedger(SEED, Reading.AS_OF);
    assertThat(shuffled)
        .allSatisfy(
            facts -> assertThat(again.addTo(facts)).isEqualTo(first.get(facts.contact().id())));
  }

  @Test
  void ledger_ofAnotherSeed_differs() {
    List<ContactFacts> plain = sample(SampleData.telco());
    var one = new GeneratedLedger(1, Reading.AS_OF);
    var two = new GeneratedLedger(2, Reading.AS_OF);
    assertThat(plain.stream().filter(f -> one.addTo(f).equals(two.addTo(f))).count())
        .isLessThan(plain.size() / 10);
  }

  @Test
  void ledger_isLabelledAndLeavesWhatTheFileTells() {
    for (SampleData sample : SampleData.all()) {
      for (ContactFacts plain : sample(sample)) {
        ContactFacts facts = new GeneratedLedger(SEED, sample.asOf()).addTo(plain);
        assertThat(facts.lifecycle()).isEqualTo(plain.lifecycle());
        assertThat(facts.value()).isEqualTo(plain.value());
        assertThat(facts.consents()).containsAll(plain.consents());
        assertThat(facts.consents().stream().filter(c -> !plain.consents().contains(c)))
            .allSatisfy(consent -> assertThat(consent.method()).isEqualTo("generated"))
            .allSatisfy(consent -> assertThat(consent.source()).isEqualTo("generated"));
        assertThat(facts.touches())
            .allSatisfy(touch -> assertThat(touch.id()).startsWith("generated-"));
        assertThat(facts.contact().source())
            .isEqualTo(Objects.requireNonNullElse(plain.contact().source(), "generated"));
      }
    }
  }

  @Test
  void ledger_ofEverySample_isReadableAndKnownAtAsOf() {
    for (SampleData sample : SampleData.all()) {
      for (ContactFacts plain : sample(sample)) {
        ContactFacts facts = new GeneratedLedger(SEED, sample.asOf()).addTo(plain);
        assertThat(FactsReader.read(FactsWriter.write(facts))).isEqualTo(facts);
        assertThat(generatedInstants(facts))
            .as(plain.contact().id())
            .allSatisfy(at -> assertThat(at).isBeforeOrEqualTo(sample.asOf()));
      }
    }
  }

  private static Stream<Instant> generatedInstants(ContactFacts facts) {
    Journey journey = facts.journey();
    return Stream.of(
            facts.touches().stream().map(touch -> touch.at()),
            facts.triggers().stream().map(trigger -> trigger.at()),
            journey == null ? Stream.<Instant>empty() : Stream.of(journey.enteredAt()),
            facts.consents().stream().flatMap(c -> Stream.ofNullable(c.capturedAt())))
        .flatMap(instants -> instants);
  }

  @Test
  void journeys_beginAfterThePersonWentAway() {
    for (ContactFacts plain : sample(SampleData.telco())) {
      Journey journey = new GeneratedLedger(SEED, Reading.AS_OF).addTo(plain).journey();
      var subscription = Objects.requireNonNull(plain.lifecycle().subscription());
      Instant endedAt = subscription.endedAt();
      if (journey != null && !journey.sequence().equals("early_drop_off")) {
        assertThat(journey.enteredAt()).isAfter(endedAt);
      }
    }
  }

  @Test
  void stories_addUpToAThousandAndAllOccur() {
    assertThat(Arrays.stream(GeneratedStory.values()).mapToInt(GeneratedStory::perMille).sum())
        .isEqualTo(1000);
    var met = EnumSet.noneOf(GeneratedStory.class);
    for (int i = 0; i < 5000; i++) {
      met.add(GeneratedStory.of(new Draw(SEED, "c-" + i)));
    }
    assertThat(met).containsExactlyInAnyOrder(GeneratedStory.values());
  }

  @Test
  void contacts_ofOnePerson_shareConsentsNoesAndHaveNoJourney() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            "id,person_id,email,funnel,last_engagement_at\n"
                + "c-1,p-1,a@example.com,trial,2025-09-01\n"
                + "c-2,p-1,a@example.com,webinar,2025-01-01\n");
    for (long seed = 0; seed < 200; seed++) {
      var ledger = new GeneratedLedger(seed, Reading.AS_OF);
      ContactFacts one = ledger.addTo(reading.contact("c-1"));
      ContactFacts two = ledger.addTo(reading.contact("c-2"));
      assertThat(one.consents()).as("seed %d", seed).isEqualTo(two.consents());
      assertThat(one.suppressions()).isEqualTo(two.suppressions());
      assertThat(one.touches()).isEqualTo(two.touches());
      assertThat(one.journey()).isEqualTo(two.journey());
      assertThat(one.registry()).isEqualTo(two.registry());
    }
  }

  private static List<ContactFacts> sample(SampleData sample) {
    return Reading.of(sample.source(), sample.asOf()).facts;
  }
}
