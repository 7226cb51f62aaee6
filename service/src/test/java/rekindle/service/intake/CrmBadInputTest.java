package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrmBadInputTest {
  private static final String CONTACTS = "id,email\nc-1,a@example.com\nc-2,b@example.com\n";

  @Test
  void cells_thatAreWrong_areAllNamedAndTheOtherRowsGoOn() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,country,region,time_zone,relationship,last_engagement_at,currency,tags,line_type
            c-1,UK,,Europe/Londn,custommer,01/02/2026,$,Price,Mobile
            c-2,US,XX,America/New_York,lead,2026-01-01,USD,price,mobile
            c-3,us,,,,,,,
            c-4,US,TX,,,,,,
            """);
    assertThat(reading.ids()).containsExactly("c-4");
    assertThat(reading.lines())
        .contains(
            "error,contacts.csv,2,country,UK,That is no ISO 3166-1 code; write it like US or DE."
                + " Did you mean GB?",
            "error,contacts.csv,2,time_zone,Europe/Londn,That is no IANA time zone; write it like"
                + " America/New_York.",
            "error,contacts.csv,2,relationship,custommer,\"That is no relationship; expected lead,"
                + " customer or former_customer. Did you mean customer?\"",
            "error,contacts.csv,2,last_engagement_at,01/02/2026,\"Expected a date or an instant"
                + " from 1900 to 2099, such as 2026-03-10 or 2026-03-10T15:00:00Z.\"",
            "error,contacts.csv,2,currency,$,That is no ISO 4217 currency; write it like USD or"
                + " EUR.",
            "error,contacts.csv,3,region,XX,\"That is no ISO 3166-2 region of the row's country;"
                + " write it like TX beside US, or US-TX.\"",
            "error,contacts.csv,4,country,us,That is no ISO 3166-1 code; write it like US or DE."
                + " Did you mean US?");
    assertThat(reading.lines()).anySatisfy(l -> assertThat(l).contains("Did you mean price?"));
    assertThat(reading.lines()).anySatisfy(l -> assertThat(l).contains("Did you mean mobile?"));
  }

  @Test
  void columns_missingMistypedAndTwice_stopTheFolderWithAllOfThemNamed() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            CONTACTS,
            "suppressions",
            "contact_id,scop,reason,reason,since\nc-1,all,opt_out,opt_out,2026-01-01\n");
    assertThat(reading.facts).as("a lost column could hold a revocation").isEmpty();
    assertThat(reading.lines())
        .containsExactly(
            "error,suppressions.csv,1,,scop,\"There is no such column; expected contact_id, scope,"
                + " reason, since or until. Did you mean scope?\"",
            "error,suppressions.csv,1,reason,,The column stands twice; remove one of them.",
            "error,suppressions.csv,1,scope,,The column scope is missing.");
  }

  @Test
  void files_ofUnknownName_areNotPassedOver() {
    Reading reading = Reading.ofCrm("contacts", CONTACTS, "supressions", "contact_id\n");
    assertThat(reading.facts).isEmpty();
    assertThat(reading.lines())
        .singleElement()
        .asString()
        .startsWith("error,supressions.csv,,,,")
        .contains("Did you mean suppressions.csv?");
  }

  @Test
  void folder_withoutContacts_isRefused() {
    assertThatThrownBy(() -> Reading.ofCrm("deals", "id,contact_id\n"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the folder must hold at least contacts.csv");
  }

  @Test
  void header_emptyOrWithSemicolons_isExplained() {
    assertThat(Reading.ofCrm("contacts", "").lines())
        .containsExactly(
            "error,contacts.csv,,,,The file is empty; its first row must name the columns.");
    assertThat(Reading.ofCrm("contacts", "id;email\nc-1;a@example.com\n").lines())
        .containsExactly(
            "error,contacts.csv,1,,id;email,Columns are separated by a semicolon or a tab; save"
                + " the file with commas.");
  }

  @Test
  void bytes_thatAreLatin1OrNul_costTheirRowAlone() {
    byte[] latin1 =
        "id,status_at_last_touch\nc-1,caf\u00e9\nc-2,b\0d\nc-3,good\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Reading reading = Reading.of(new CrmFacts(List.of(Reading.file("contacts.csv", latin1)), null));
    assertThat(reading.ids()).containsExactly("c-3");
    assertThat(reading.lines())
        .containsExactly(
            "error,contacts.csv,2,,,\"The line is not UTF-8, probably Latin-1 (Windows-1252); save"
                + " the file as UTF-8.\"",
            "error,contacts.csv,3,,,A NUL byte stands in the line; save the file as plain UTF-8"
                + " text.");
  }

  @Test
  void quotes_leftOpen_costTheirRowAlone() {
    Reading reading =
        Reading.ofCrm("contacts", "id,tags\nc-1,\"price\nc-2,timing\nc-3,\"price;timing\"\n");
    assertThat(reading.ids()).containsExactly("c-2", "c-3");
    assertThat(reading.lines()).singleElement().asString().startsWith("error,contacts.csv,2,");
  }

  @Test
  void rows_aboutAPerson_thatAreBad_holdThePersonBack() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            "id,email\nc-1,a@example.com\nc-2,A@example.com\nc-3,c@example.com\n",
            "suppressions",
            "contact_id,scope,reason,since\nc-1,all,stop,2026-01-01\nc-9,all,opt_out,2026-01-01\n");
    assertThat(reading.ids()).containsExactly("c-3");
    assertThat(reading.lines())
        .anySatisfy(l -> assertThat(l).startsWith("error,suppressions.csv,2,reason,stop,"))
        .contains(
            "error,suppressions.csv,3,contact_id,c-9,There is no contact of that id in"
                + " contacts.csv.",
            "error,contacts.csv,2,id,c-1,\"Left out, since line 2 of suppressions.csv could not be"
                + " read: facts without it could permit too much.\"",
            "error,contacts.csv,3,id,c-2,\"Left out, since line 2 of suppressions.csv could not be"
                + " read: facts without it could permit too much.\"");
  }

  @Test
  void consent_thatIsBad_isLeftOutAloneUnlessItIsWithdrawn() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            CONTACTS,
            "consents",
            """
            contact_id,channel,basis,captured_at,withdrawn_at
            c-1,email,express,yesterday,
            c-1,email,double_opt_in,2025-01-01,
            c-2,email,express,2025-01-01,today
            """);
    assertThat(reading.ids()).containsExactly("c-1");
    assertThat(reading.contact("c-1").consents()).hasSize(1);
  }

  @Test
  void ids_thatStandTwice_areReportedAndContradictionsHeldBack() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,tags
            c-1,price
            c-1,price
            c-2,price
            c-2,timing
            c-3,price
            """,
            "deals",
            "id,contact_id,stage\nd-1,c-1,sql\nd-1,c-3,sql\n");
    assertThat(reading.ids()).containsExactly("c-1");
    assertThat(reading.lines())
        .contains(
            "error,contacts.csv,3,id,c-1,The id stands on line 2 already.",
            "error,contacts.csv,5,id,c-2,The id stands on line 4 already.",
            "error,deals.csv,3,id,d-1,The id stands in the file already; keep one row.");
  }

  @Test
  void keysAndTexts_thatAreAddresses_neverReachTheFacts() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,person_id,status_at_last_touch
            ann@example.com,,
            c-2,+1 212 555 0101,
            c-3,,told bob@example.com
            """);
    assertThat(reading.facts).isEmpty();
    assertThat(reading.lines()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(String.join("\n", reading.lines())).doesNotContain("@example.com", "555");
  }

  @Test
  void formulas_inWhatWasFound_areMadeInert() {
    Reading reading = Reading.ofCrm("contacts", "id,country\nc-1,=1+1\n");
    assertThat(reading.lines().get(0)).startsWith("error,contacts.csv,2,country,'=1+1,");
  }
}
