package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Subscription;

class TelcoFactsTest {
  private static final String HEADER = "customerID,tenure,TotalCharges,Churn\n";

  @Test
  void subscriber_whoLeft_hasEndedAtTheSnapshotAndUsesNothing() {
    ContactFacts facts = read("7590-V,12,540.10,Yes\n").contact("7590-V");
    assertThat(facts.lifecycle().subscription())
        .isEqualTo(new Subscription("cancelled", Instant.parse("2026-02-07T00:00:00Z"), null, 0L));
    assertThat(facts.contact().relationship()).isEqualTo("former_customer");
    assertThat(facts.contact().program()).isEqualTo("telecom");
    assertThat(facts.contact().business()).isEqualTo("b2c");
    assertThat(facts.contact().jurisdictions()).isEmpty();
  }

  @Test
  void subscriber_whoStayed_isActive() {
    ContactFacts facts = read("7590-V,12,540.10,No\n").contact("7590-V");
    assertThat(facts.lifecycle().subscription())
        .isEqualTo(new Subscription("active", null, null, null));
    assertThat(facts.value().lifetimeValue()).isEqualTo(new BigDecimal("540.10"));
  }

  @Test
  void totalCharges_blank_areUnknown() {
    assertThat(read("7590-V,0, ,No\n").contact("7590-V").value().lifetimeValue()).isNull();
  }

  @Test
  void end_atAnyHourOfAsOf_isMoreThan30DaysAgo() {
    for (int hour = 0; hour < 24; hour++) {
      Instant asOf = Instant.parse("2026-03-10T00:00:00Z").plus(Duration.ofHours(hour));
      var source = new TelcoFacts(Reading.file("t.csv", HEADER + "a,1,2,Yes\n"), "telecom");
      Subscription ended =
          Objects.requireNonNull(Reading.of(source, asOf).contact("a").lifecycle().subscription());
      assertThat(Duration.between(Objects.requireNonNull(ended.endedAt()), asOf))
          .isGreaterThan(Duration.ofDays(30));
    }
  }

  @Test
  void rows_thatAreBad_areLeftOutAndTheRestGoesOn() {
    Reading reading = read("a,1,2,Yes\nb,x,2,No\nc,1,two,Maybe\na,1,2,No\nd,1,2\ne,1,2,No\n");
    assertThat(reading.ids()).containsExactly("a", "e");
    assertThat(reading.lines())
        .containsExactly(
            "error,t.csv,3,tenure,x,\"Expected a whole number, such as 0 or 12.\"",
            "error,t.csv,4,TotalCharges,two,\"Expected a number from 0 to 999999999, such as"
                + " 1250.50.\"",
            "error,t.csv,4,Churn,Maybe,Expected true or false.",
            "error,t.csv,5,customerID,a,The subscriber stands in the file already; keep one row.",
            "error,t.csv,6,,,\"The row has 3 cells, the header row 4; quote cells that hold a"
                + " comma.\"");
  }

  @Test
  void header_withoutAColumnAndWithAMistypedOne_namesBoth() {
    var source =
        new TelcoFacts(Reading.file("t.csv", "customerID,tenur,TotalCharges\na,1,2\n"), "telecom");
    Reading reading = Reading.of(source);
    assertThat(reading.facts).isEmpty();
    assertThat(reading.lines())
        .anySatisfy(line -> assertThat(line).contains("tenur", "Did you mean tenure?"))
        .anySatisfy(line -> assertThat(line).contains("The column tenure is missing."))
        .anySatisfy(line -> assertThat(line).contains("The column Churn is missing."))
        .hasSize(3);
  }

  private static Reading read(String rows) {
    return Reading.of(new TelcoFacts(Reading.file("t.csv", HEADER + rows), "telecom"));
  }
}
