package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.FactsReader;
import rekindle.facts.FactsWriter;

class SampleDataTest {
  @Test
  void crm_isWhatItsSeedMakes() throws IOException {
    for (Map.Entry<String, String> file : SampleCrm.files().entrySet()) {
      assertThat(text("/sample/crm/" + file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
    }
  }

  @Test
  void samples_readWithoutAnyFinding() {
    for (SampleData sample : SampleData.all()) {
      Reading reading = Reading.of(sample.source(), sample.asOf());
      assertThat(reading.findings).as(sample.name()).isEmpty();
    }
  }

  @Test
  void samples_areAsManyAsTheirReadmeSays() {
    assertThat(facts(SampleData.telco())).hasSize(402);
    assertThat(facts(SampleData.telco()))
        .filteredOn(f -> "former_customer".equals(f.contact().relationship()))
        .hasSize(109);
    assertThat(facts(SampleData.onlineRetail())).hasSize(204);
    assertThat(facts(SampleData.crm())).hasSize(308);
  }

  @Test
  void retail_lapsedByThreshold_areCounted() {
    SampleData sample = SampleData.onlineRetail();
    List<Orders> orders =
        facts(sample).stream().map(f -> Objects.requireNonNull(f.lifecycle().orders())).toList();
    assertThat(orders).filteredOn(o -> o.lastPurchaseAt() != null).hasSize(203);
    assertThat(Stream.of(90, 180, 365).map(days -> lapsed(orders, sample, days)))
        .containsExactly(70L, 44L, 6L);
  }

  private static long lapsed(List<Orders> orders, SampleData sample, int days) {
    return orders.stream()
        .flatMap(o -> Stream.ofNullable(o.lastPurchaseAt()))
        .filter(at -> Duration.between(at, sample.asOf()).compareTo(Duration.ofDays(days)) > 0)
        .count();
  }

  @Test
  void facts_areReadBackEqualAndCarryNoAddress() {
    for (SampleData sample : SampleData.all()) {
      for (ContactFacts facts : facts(sample)) {
        byte[] json = FactsWriter.write(facts);
        assertThat(FactsReader.read(json)).isEqualTo(facts);
        assertThat(new String(json, StandardCharsets.UTF_8))
            .doesNotContain("@", "example.", ".example", "555-01", "http");
      }
    }
  }

  @Test
  void crm_addresses_areReservedForExamplesAndFiction() throws IOException {
    String contacts = text("/sample/crm/contacts.csv");
    assertThat(contacts.lines().skip(1))
        .allMatch(
            line -> line.matches("(?s).*@(example\\.(com|org|net)|EXAMPLE\\.(COM|ORG|NET)),.*"));
    assertThat(contacts.lines().skip(1).map(line -> line.split(",", -1)[7]))
        .allMatch(
            phone ->
                phone.isEmpty()
                    || phone.matches("\\+1-[0-9]{3}-555-01[0-9]{2}")
                    || phone.matches("\\+44 20 7946 0[0-9]{3}")
                    || phone.matches("\\+61 2 5550 0[0-9]{3}"));
  }

  @Test
  void crm_coversEveryKindOfAbsence() {
    List<ContactFacts> all = facts(SampleData.crm());
    assertThat(
            all.stream()
                .flatMap(f -> Stream.ofNullable(f.lifecycle().funnel()))
                .distinct()
                .sorted())
        .containsExactly(
            "application",
            "consultation",
            "content_download",
            "form_fill",
            "quote",
            "trial",
            "webinar");
    assertThat(
            all.stream()
                .flatMap(f -> Stream.ofNullable(f.lifecycle().meeting()))
                .map(m -> String.valueOf(m.status())))
        .contains("booked", "no_show", "cancelled", "ignored");
    assertThat(
            all.stream()
                .flatMap(f -> Stream.ofNullable(f.lifecycle().deal()))
                .map(d -> d.outcome() + " " + d.stage()))
        .contains(
            "lost proposal",
            "open mql",
            "open sal",
            "open sql",
            "open opportunity",
            "open proposal");
    assertThat(
            all.stream()
                .flatMap(f -> Stream.ofNullable(f.lifecycle().subscription()))
                .map(s -> String.valueOf(s.status())))
        .contains("cancelled", "lapsed", "active");
    assertThat(all.stream().map(f -> String.valueOf(f.contact().program())))
        .contains("b2b_saas", "ecommerce", "high_ticket", "subscription", "retail", "telecom");
    assertThat(all.stream().flatMap(f -> f.contact().jurisdictions().stream()))
        .contains("US-CA", "US-TX", "US-FL", "CA-ON", "GB", "DE");
    assertThat(all.stream().map(f -> f.contact().personId()).distinct()).hasSize(300);
  }

  private static List<ContactFacts> facts(SampleData sample) {
    return Reading.of(sample.source(), sample.asOf()).facts;
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = InputFile.resource(resource).open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
