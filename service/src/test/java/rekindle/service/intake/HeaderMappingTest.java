package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.ContactFacts;
import rekindle.service.database.TestDatabase;

/** Files with the columns of other systems, previews, and imports that are only tried. */
class HeaderMappingTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String HUBSPOT =
      """
      Record ID,First Name,Last Name,Email,Phone Number,Country/Region,State/Region,Time Zone,Lifecycle Stage,Unsubscribed from all email,Last Engagement Date,Favourite Colour
      hs-1,Ann,Example,ann.hs@example.com,+12125550141,United States,Texas,america_slash_chicago,Customer,true,2025-12-01 10:00,blue
      hs-2,Bo,Example,bo.hs@example.com,,Germany,,,Lead,false,13/1/2025,
      hs-3,Cy,Example,cy.hs@example.com,,Germany,,,Lead,,1/2/2025,
      """;

  private static final String SALESFORCE =
      """
      Id,FirstName,LastName,Email,MobilePhone,MailingCountry,MailingState,LeadSource,HasOptedOutOfEmail,DoNotCall
      sf-1,Di,Example,di.sf@example.com,+12125550142,USA,NY,Purchased List,0,1
      sf-2,Ed,Example,ed.sf@example.com,,Canada,Ontario,Web,false,false
      """;

  private static ImportStage stage;

  @BeforeAll
  static void open(@TempDir Path keys) {
    stage = new ImportStage(DATABASE, keys);
  }

  private static ImportJob run(String type, String csv, HeaderMapping mapping, boolean dryRun) {
    return stage.run(
        new Import.Order(FileType.of(type).orElseThrow(), type + ".csv", "test", mapping, dryRun),
        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
        ImportWatcher.NONE);
  }

  @Test
  void export_ofHubspot_isRecognisedAndForbidsWhatItsFlagsForbid() {
    ImportJob job = run("contacts", HUBSPOT, HeaderMapping.USUAL, false);
    ContactFacts ann = stage.facts("hs-1");
    assertThat(ann.contact().jurisdictions()).contains("US-TX");
    assertThat(ann.contact().timeZones()).containsExactly("America/Chicago");
    assertThat(ann.contact().relationship()).isEqualTo("customer");
    assertThat(ann.contact().doNotContactScope()).containsExactly("email");
    assertThat(ann.contact().lastEngagementAt()).isEqualTo("2025-12-01T00:00:00Z");
    assertThat(stage.facts("hs-2").contact().doNotContactScope()).isEmpty();
    assertThat(stage.facts("hs-2").contact().lastEngagementAt()).isEqualTo("2025-01-13T00:00:00Z");
    assertThat(stage.lines())
        .anyMatch(line -> line.startsWith("warning,contacts.csv,1,,Favourite Colour,"))
        .anyMatch(line -> line.startsWith("error,contacts.csv,4,last_engagement_at,1/2/2025,"));
    assertThat(job.counts().errors()).isEqualTo(1);
  }

  @Test
  void export_ofSalesforce_isRecognised_andDoNotCallEndsTexts() {
    assertThat(run("contacts", SALESFORCE, HeaderMapping.USUAL, false).counts().errors()).isZero();
    ContactFacts di = stage.facts("sf-1");
    assertThat(di.contact().doNotContactScope()).containsExactly("phone", "sms", "whatsapp");
    assertThat(di.contact().source()).isEqualTo("purchased_list");
    assertThat(stage.facts("sf-2").contact().jurisdictions()).contains("CA-ON");
    String deals =
        "Opportunity ID,Primary Contact ID,Stage,Close Date,Loss Reason,Amount\n"
            + "sf-d,sf-2,Closed Lost,2025-10-02,Too expensive,\"$12,000.00\"\n";
    assertThat(run("deals", deals, HeaderMapping.USUAL, false).counts().errors()).isZero();
    ContactFacts.Deal deal = stage.facts("sf-2").lifecycle().deal();
    assertThat(deal)
        .isNotNull()
        .extracting(
            ContactFacts.Deal::stage, ContactFacts.Deal::outcome, ContactFacts.Deal::lossReason)
        .containsExactly("proposal", "lost", "price");
  }

  @Test
  void names_ofOnesOwn_areMapped_andUnknownOnesStayErrors() {
    var mapping = new HeaderMapping(Map.of("Nr", "id", "Notiz", "-"), "none");
    assertThat(run("contacts", "Nr,Notiz,country\nown-1,x,DE\n", mapping, false).counts().changed())
        .isEqualTo(1);
    assertThat(run("contacts", "Nr,Land\nown-2,DE\n", mapping, false).state())
        .isEqualTo(ImportJob.State.FAILED);
    assertThat(stage.lines()).hasSize(1).allMatch(line -> line.contains("Land"));
  }

  @Test
  void dryRun_countsAndFindsAsTheImportWould_andStoresNothing() {
    String csv = "id,country,email,phone\ndry-1,US,dry1@example.com,+12125550143\ndry-2,UK,x,\n";
    ImportJob tried = run("contacts", csv, HeaderMapping.USUAL, true);
    assertThat(tried.dryRun()).isTrue();
    assertThat(stage.knows("dry-1")).isFalse();
    assertThat(stage.knows("dry-2")).isFalse();
    ImportJob done = run("contacts", csv, HeaderMapping.USUAL, false);
    assertThat(done.counts()).isEqualTo(tried.counts());
    assertThat(stage.kept(done.id())).isEqualTo(stage.kept(tried.id()));
    assertThat(stage.knows("dry-1")).isTrue();
  }

  @Test
  void phone_thatChanged_isRemarkedOn() {
    run("contacts", "id,country,phone\nph-1,US,+12125550144\n", HeaderMapping.USUAL, false);
    run("contacts", "id,country,phone\nph-1,US,+12125550145\n", HeaderMapping.USUAL, false);
    assertThat(stage.lines())
        .singleElement()
        .asString()
        .startsWith("warning,contacts.csv,2,phone,,The number is another one than before");
  }

  @Test
  void preview_showsTheFirstRows_withoutAddresses() throws IOException {
    ImportPreview preview =
        ImportPreview.of(
            FileType.CONTACTS,
            HeaderMapping.USUAL,
            new ByteArrayInputStream(HUBSPOT.getBytes(StandardCharsets.UTF_8)),
            2);
    assertThat(preview.recognised()).isEqualTo("hubspot");
    assertThat(preview.passedOver())
        .isEqualTo(List.of("First Name", "Last Name", "Favourite Colour"));
    assertThat(preview.rows()).hasSize(2);
    assertThat(preview.rows().get(0).path("email").textValue()).isEqualTo("a***@example.com");
    assertThat(preview.rows().get(0).path("phone").textValue()).isEqualTo("+1***41");
    assertThat(preview.rows().get(0).path("do_not_contact_scope").textValue()).isEqualTo("email");
    assertThat(preview.json().toString()).doesNotContain("ann.hs", "2125550141");
  }

  @Test
  void flag_thatForbids_inAWordThatNobodyReads_isAnErrorAndHoldsBack() {
    String csv =
        """
        Record ID,Email,Lifecycle Stage,Unsubscribed from all email,Opted out of email: Newsletter
        hs-11,eve.hs@example.com,Lead,Oui,
        hs-12,fay.hs@example.com,Lead,No,Yes
        """;
    assertThat(run("contacts", csv, HeaderMapping.USUAL, false).counts().errors()).isEqualTo(1);
    assertThat(stage.lines())
        .singleElement()
        .asString()
        .startsWith("error,contacts.csv,2,do_not_contact_scope,Oui,");
    assertThat(stage.stored("hs-11").heldBack()).isNotNull();
    assertThat(stage.facts("hs-12").contact().doNotContactScope()).containsExactly("email");
  }

  @Test
  void dryRun_ofAnIdThatStandsAgainFarBelow_findsIt() {
    var csv = new StringBuilder("id,country\n");
    for (int i = 0; i < 12_000; i++) {
      csv.append("far-").append(i).append(",US\n");
    }
    csv.append("far-0,DE\n");
    ImportJob tried = run("contacts", csv.toString(), HeaderMapping.USUAL, true);
    assertThat(tried.counts().errors()).isEqualTo(1);
    assertThat(stage.lines()).singleElement().asString().contains("stands on line 2 already");
    assertThat(stage.knows("far-1")).isFalse();
  }

  @Test
  void person_whoseAddressIsSuppressed_isRemarkedOn_andStaysSuppressed() {
    String csv = "id,country,email\nsup-1,US,gil.sup@example.com\n";
    run("contacts", csv, HeaderMapping.USUAL, false);
    stage.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into address_suppression (address_id, scope, reason, since)"
                    + " select address_id, 'email', 'unsubscribed', '2026-01-01T00:00:00Z'"
                    + " from contact_address where contact_id = 'sup-1' and channel = 'email'"));
    String again = "id,country,email\nsup-2,US,gil.sup@example.com\n";
    assertThat(run("contacts", again, HeaderMapping.USUAL, false).counts().warnings()).isEqualTo(1);
    assertThat(stage.lines())
        .singleElement()
        .asString()
        .startsWith("warning,contacts.csv,2,id,,\"The person has said no before (email), and that");
    assertThat(stage.facts("sup-2").suppressions()).isNotEmpty();
  }
}
