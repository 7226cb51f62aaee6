package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Subscription;

/**
 * The whole published files, in the folders {@code telco} and {@code online-retail} of the folder
 * that the system property {@code rekindle.data} names: counts that others made of them, and the
 * rules by which the sample was cut out. Run with {@code -Dgroups=fulldata -Dtest.excluded=none
 * -Drekindle.data=DIR}.
 */
@Tag("fulldata")
class FullDataTest {
  private static final Path DATA = Path.of(System.getProperty("rekindle.data", "data"));
  private static final Instant RETAIL_AS_OF = Instant.parse("2011-12-10T00:00:00Z");

  @Test
  void telco_churned_are1869Of7043() throws IOException {
    Reading reading = Reading.of(new TelcoFacts(InputFile.at(DATA.resolve("telco")), "telecom"));
    assertThat(reading.findings).isEmpty();
    assertThat(reading.facts).hasSize(7043);
    assertThat(reading.facts).filteredOn(FullDataTest::isChurned).hasSize(1869);
    assertThat(reading.facts).filteredOn(f -> f.value().lifetimeValue() == null).hasSize(11);
  }

  private static boolean isChurned(ContactFacts facts) {
    Subscription subscription = Objects.requireNonNull(facts.lifecycle().subscription());
    Instant endedAt = subscription.endedAt();
    return endedAt != null
        && Duration.between(endedAt, Reading.AS_OF).compareTo(Duration.ofDays(30)) > 0
        && Objects.equals(subscription.usageLast30Days(), 0L);
  }

  @Test
  void retail_customersAndLapsed_areAsPublished() throws IOException {
    var source = new RetailFacts(InputFile.at(DATA.resolve("online-retail")), "retail");
    Reading reading = Reading.of(source, RETAIL_AS_OF);
    assertThat(reading.findings).isEmpty();
    assertThat(reading.facts).hasSize(4372);
    List<Instant> last = reading.facts.stream().flatMap(FullDataTest::lastPurchase).toList();
    assertThat(last).hasSize(4339);
    assertThat(lapsed(last, 90)).isEqualTo(1449);
    assertThat(lapsed(last, 180)).isEqualTo(858);
    assertThat(lapsed(last, 365)).isEqualTo(64);
  }

  private static Stream<Instant> lastPurchase(ContactFacts facts) {
    Orders orders = Objects.requireNonNull(facts.lifecycle().orders());
    return Stream.ofNullable(orders.lastPurchaseAt());
  }

  private static long lapsed(List<Instant> last, int days) {
    return last.stream()
        .filter(at -> Duration.between(at, RETAIL_AS_OF).compareTo(Duration.ofDays(days)) > 0)
        .count();
  }

  @Test
  void telcoSample_isEvery18thSubscriberAndThoseWithoutCharges() throws IOException {
    List<String> all = lines(InputFile.at(DATA.resolve("telco")));
    List<String> sample = lines(InputFile.resource("/sample/telco/telco.csv"));
    var expected = Stream.<String>builder().add(all.get(0));
    for (int i = 1; i < all.size(); i++) {
      if (i % 18 == 1 || all.get(i).split(",", -1)[19].isBlank()) {
        expected.add(all.get(i));
      }
    }
    assertThat(sample).containsExactlyElementsOf(expected.build().toList());
  }

  @Test
  void retailSample_isSomeCustomersWholeAndEvery600thGuestLine() throws IOException {
    List<String> all = lines(InputFile.at(DATA.resolve("online-retail")));
    List<String> sample = lines(InputFile.resource("/sample/online-retail/online_retail.csv.gz"));
    var expected = Stream.<String>builder().add(all.get(0));
    int guests = 0;
    for (String line : all.subList(1, all.size())) {
      String[] cells = line.split(",", -1);
      String customer = cells[cells.length - 2];
      String country = cells[cells.length - 1];
      boolean kept =
          customer.isEmpty()
              ? ++guests % 600 == 0
              : Integer.parseInt(customer) % 23 == 7
                  || country.equals("USA")
                  || country.equals("Canada");
      if (kept) {
        expected.add(line);
      }
    }
    assertThat(sample).containsExactlyElementsOf(expected.build().toList());
  }

  private static List<String> lines(InputFile file) throws IOException {
    try (InputStream in = file.open();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
