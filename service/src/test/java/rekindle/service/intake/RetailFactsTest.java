package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Orders;

class RetailFactsTest {
  private static final Instant AS_OF = Instant.parse("2011-12-10T00:00:00Z");
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  @Test
  void customer_withInvoicesAndCancellations_hasPurchasesOfTheFormerOnly() {
    ContactFacts facts =
        read("""
                1,A,x,2,2011-05-01 08:26:00,2.50,17850,United Kingdom
                1,B,"y, z",1,2011-05-01 08:26:00,1.25,17850,United Kingdom
                2,A,x,1,2011-06-01 10:00:00,2.50,17850,EIRE
                C3,A,x,-2,2011-07-01 10:00:00,2.50,17850,United Kingdom
                """)
            .contact("17850");
    assertThat(facts.lifecycle().orders())
        .isEqualTo(new Orders(2L, Instant.parse("2011-06-02T00:00:00Z")));
    assertThat(facts.value().lifetimeValue()).isEqualTo(new BigDecimal("3.75"));
    assertThat(facts.value().currency()).isEqualTo("GBP");
    assertThat(facts.contact().jurisdictions()).containsExactly("GB", "IE");
    assertThat(facts.contact().relationship()).isEqualTo("customer");
  }

  @Test
  void guests_areNobody() {
    assertThat(read("1,A,x,2,2011-05-01 08:26:00,2.5,,United Kingdom\n").facts).isEmpty();
  }

  @Test
  void customer_withCancellationsOnly_hasNoPurchaseAndOwesNothing() {
    ContactFacts facts = read("C1,A,x,-2,2011-05-01 08:26:00,2.5,9,RSA\n").contact("9");
    assertThat(facts.lifecycle().orders()).isEqualTo(new Orders(0L, null));
    assertThat(facts.value().lifetimeValue()).isEqualTo(new BigDecimal("0.00"));
    assertThat(facts.contact().jurisdictions()).containsExactly("ZA");
  }

  @Test
  void countries_thatTheFileDoesNotKnow_giveNoJurisdiction() {
    assertThat(
            read("1,A,x,2,2011-05-01 08:26:00,2.5,9,Unspecified\n")
                .contact("9")
                .contact()
                .jurisdictions())
        .isEmpty();
    Reading atlantis = read("1,A,x,2,2011-05-01 08:26:00,2.5,9,Atlantis\n");
    assertThat(atlantis.contact("9").contact().jurisdictions()).isEmpty();
    assertThat(atlantis.lines())
        .containsExactly(
            "warning,r.csv,2,Country,,The file's own list has no such country; it stays unknown.");
  }

  @Test
  void lines_afterAsOf_areNotKnownYet() {
    String rows =
        "1,A,x,1,2011-12-09 12:50:00,2.5,7,France\n1,A,x,1,2011-12-10 00:01:00,2.5,8,France\n";
    Reading reading = read(rows);
    assertThat(reading.ids()).containsExactly("7");
    assertThat(reading.contact("7").lifecycle().orders()).isEqualTo(new Orders(1L, AS_OF));
  }

  @Test
  void purchase_onTheDayOfAsOf_isNotDatedLater() {
    Instant noon = Instant.parse("2011-06-01T12:00:00Z");
    var source =
        new RetailFacts(
            // 12:30 in London in summer is 11:30 UTC.
            Reading.file("r.csv", HEADER + "1,A,x,1,2011-06-01 12:30:00,2.5,7,France\n"), "retail");
    assertThat(Reading.of(source, noon).contact("7").lifecycle().orders())
        .isEqualTo(new Orders(1L, noon));
    assertThat(Reading.of(source, noon.minusSeconds(3600)).facts).isEmpty();
  }

  @Test
  void customer_withABadLine_isHeldBackAndTheRestGoesOn() {
    Reading reading =
        read(
            """
            1,A,x,2,2011-05-01 08:26:00,2.5,7,France
            2,A,x,2,01/06/2011 08:26,2.5,7,France
            3,A,x,two,2011-05-01 08:26:00,2.5,8,France
            4,A,x,2,2011-05-01 08:26:00,2.5,9,France
            """);
    assertThat(reading.ids()).containsExactly("9");
    assertThat(reading.lines())
        .containsExactly(
            "error,r.csv,3,InvoiceDate,01/06/2011 08:26,Expected a date and time such as"
                + " 2011-12-09 12:50:00.",
            "error,r.csv,4,Quantity,two,\"Expected a number from -999999999 to 999999999, such as"
                + " 1250.50.\"",
            "error,r.csv,3,CustomerID,7,\"Left out, since line 3 of r.csv could not be read: facts"
                + " without it could permit too much.\"",
            "error,r.csv,4,CustomerID,8,\"Left out, since line 4 of r.csv could not be read: facts"
                + " without it could permit too much.\"");
  }

  private static Reading read(String rows) {
    return Reading.of(new RetailFacts(Reading.file("r.csv", HEADER + rows), "retail"), AS_OF);
  }
}
