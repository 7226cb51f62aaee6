package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.Response;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.ImportJob.Counts;
import rekindle.service.intake.ImportJob.State;

/** Good and bad rows; each test has contacts of its own. */
class ImportTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static ImportStage stage;

  @BeforeAll
  static void open(@TempDir Path keys) {
    stage = new ImportStage(DATABASE, keys);
  }

  @Test
  void job_ofAFinishedImport_saysWhatCameOfTheRows() {
    ImportJob job = stage.run("contacts", "id,email\njob-1,job1@example.com\njob-2,nobody\n");
    assertThat(job.state()).isEqualTo(State.DONE);
    assertThat(job.type()).isEqualTo("contacts");
    assertThat(job.fileName()).isEqualTo("contacts.csv");
    assertThat(job.client()).isEqualTo("test");
    assertThat(job.counts()).isEqualTo(new Counts(2, 2, 0, 0, 1));
    assertThat(job.finishedAt()).isAfterOrEqualTo(job.startedAt());
    assertThat(stage.kept(job.id()))
        .containsExactlyElementsOf(stage.lines())
        .containsExactly(
            "warning,contacts.csv,3,email,,\"That is no e-mail address, so its state is"
                + " invalid.\"");
    assertThat(stage.jobs.latest(1)).containsExactly(job);
    assertThat(stage.facts("job-2").reach()).containsEntry(Channel.EMAIL, "invalid");
  }

  @Test
  void contacts_thatAreBad_areHeldBackAndTheOthersGoOn() {
    ImportJob job =
        stage.run(
            "contacts",
            "id,country\nbad-1,US\nbad-2,UK\nann@example.com,US\n,US\nbad-3,US,extra\nbad-4,DE\n");
    assertThat(job.counts()).isEqualTo(new Counts(6, 3, 0, 4, 0));
    assertThat(stage.findings)
        .extracting(finding -> finding.line() + " " + finding.column())
        .containsExactly("3 country", "4 id", "5 id", "6 null");
    assertThat(stage.stored("bad-1").heldBack()).isNull();
    assertThat(stage.stored("bad-2").heldBack())
        .isEqualTo(
            "Left out, since line 3 of contacts.csv could not be read: facts without it could"
                + " permit too much.");
    assertThat(stage.knows("bad-3")).isFalse();
    assertThat(stage.lines().toString()).doesNotContain("ann@example.com");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "suppressions|contact_id,scope,reason,since|all,stop,2026-01-01|all,opt_out,2026-01-01",
        "subscriptions|contact_id,id,status,ended_at|{id},activ,|{id},cancelled,2026-01-01",
        "orders|contact_id,id,ordered_at,amount|{id},2026-01-01,1.000.00|{id},2026-01-01,1000.00",
        "deals|contact_id,id,stage|{id},closing|{id},proposal",
        "meetings|contact_id,id,scheduled_for,status|{id},tomorrow,|{id},2026-02-01,booked",
        "activities|contact_id,id,at,kind|{id},2026-02-01,clicked|{id},2026-02-01,click",
        "registry|contact_id,registry,answer,checked_at|us_dnc,maybe,2026-02-01|us_dnc,listed,2026-02-01",
        "incentives|contact_id,code,granted_at,redeemed|fee_credit,2026-01-01,perhaps|fee_credit,2026-01-01,true",
        "win_backs|contact_id,at|01.02.2026|2026-02-01",
        "consents|contact_id,channel,basis,withdrawn_at|email,express,today|email,express,2026-02-01",
      })
  void rows_thatAreBad_holdTheirContactBackUntilAllOfThemAreGood(
      String type, String header, String bad, String good) {
    String held = type + "-1";
    String other = type + "-2";
    stage.run("contacts", "id\n" + held + "\n" + other + "\n");

    ImportJob first =
        stage.run(
            type,
            withIds(
                "%s\n%s,%s\n%s,%s\nnobody,%s\n".formatted(header, held, bad, other, good, good)));
    assertThat(first.state()).isEqualTo(State.DONE);
    assertThat(first.counts().changed()).isEqualTo(1);
    assertThat(first.counts().errors()).as(stage.lines().toString()).isEqualTo(2);
    assertThat(stage.lines().get(0)).startsWith("error," + type + ".csv,2,");
    assertThat(stage.lines().get(1))
        .isEqualTo(
            "error,%s.csv,4,contact_id,nobody,There is no contact of that id in the store; import contacts first."
                .formatted(type));
    assertThat(stage.stored(held).heldBack()).contains("line 2 of " + type + ".csv");
    assertThat(stage.stored(other).heldBack()).isNull();

    ImportJob second =
        stage.run(type, withIds("%s\n%s,%s\n%s,%s\n".formatted(header, held, good, held, bad)));
    assertThat(second.counts().errors()).as("a good row and a bad one").isPositive();
    assertThat(stage.stored(held).heldBack()).contains(type + ".csv");

    stage.run(type, withIds("%s\n%s,%s\n".formatted(header, held, good)));
    assertThat(stage.stored(held).heldBack()).as("only good rows").isNull();
  }

  /** Each row gets an id of its own. */
  private static String withIds(String csv) {
    return Pattern.compile("\\{id}").matcher(csv).replaceAll(match -> "row-" + match.start());
  }

  @Test
  void consent_thatIsBadAndNotWithdrawn_holdsNobodyBack() {
    stage.run("contacts", "id\nconsent-1\n");
    ImportJob job =
        stage.run(
            "consents",
            "contact_id,channel,basis,captured_at\nconsent-1,email,express,yesterday\n");
    assertThat(job.counts().errors()).isEqualTo(1);
    assertThat(stage.stored("consent-1").heldBack()).isNull();
    assertThat(stage.facts("consent-1").consents()).isEmpty();
  }

  @Test
  void holds_ofOneType_areNotLiftedByAnother() {
    stage.run("contacts", "id\ntype-1\n");
    stage.run("deals", "id,contact_id,stage\nd,type-1,closing\n");
    stage.run("contacts", "id\ntype-1\n");
    assertThat(stage.stored("type-1").heldBack()).contains("deals.csv");
    stage.run("deals", "id,contact_id,stage\nd,type-1,sql\n");
    assertThat(stage.stored("type-1").heldBack()).isNull();
  }

  @Test
  void ids_thatStandTwice_areReportedAlsoFarApart() {
    String between =
        IntStream.range(0, 2500)
            .mapToObj(i -> "far-" + i + ",price\n")
            .collect(Collectors.joining());
    ImportJob job =
        stage.run(
            "contacts",
            "id,tags\nsame-1,price\nother-1,price\n" + between + "same-1,price\nother-1,timing\n");
    assertThat(job.counts()).isEqualTo(new Counts(2504, 2502, 0, 2, 0));
    assertThat(stage.lines())
        .containsExactly(
            "error,contacts.csv,2504,id,same-1,The id stands on line 2 already.",
            "error,contacts.csv,2505,id,other-1,The id stands on line 3 already.");
    assertThat(stage.stored("same-1").heldBack()).isNull();
    assertThat(stage.stored("other-1").heldBack()).contains("line 2505");
    assertThat(stage.facts("other-1").contact().tags()).containsExactly("price");
  }

  @Test
  void relatedIds_thatStandTwice_areReportedAndContradictionsHeldBack() {
    stage.run("contacts", "id\ntwice-1\ntwice-2\n");
    ImportJob job =
        stage.run(
            "deals", "id,contact_id,stage\nt-1,twice-1,sql\nt-1,twice-1,sql\nt-1,twice-2,sql\n");
    assertThat(job.counts()).isEqualTo(new Counts(3, 1, 0, 2, 0));
    assertThat(stage.stored("twice-1").heldBack()).isNull();
    assertThat(stage.stored("twice-2").heldBack()).contains("line 4 of deals.csv");
  }

  @Test
  void activity_toldOtherwiseUnderItsId_isAConflict() {
    stage.run("contacts", "id\nconflict-1\n");
    String header = "id,contact_id,at,kind\n";
    stage.run("activities", header + "x,conflict-1,2026-01-01,click\n");
    ImportJob job = stage.run("activities", header + "x,conflict-1,2026-01-01,reply\n");
    assertThat(job.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
    assertThat(stage.lines().get(0))
        .startsWith("error,activities.csv,2,id,,\"Other content was told under this id before");
    assertThat(stage.stored("conflict-1").heldBack()).contains("line 2 of activities.csv");
    assertThat(stage.facts("conflict-1").responses())
        .extracting(Response::kind)
        .containsExactly("click");
  }

  @Test
  void recordsOfTheSource_toldOtherwise_areChanged() {
    stage.run("contacts", "id,tags\nchange-1,price\n");
    stage.run("deals", "id,contact_id,stage,outcome\nc-1,change-1,sql,open\n");
    assertThat(stage.run("contacts", "id,tags\nchange-1,timing\n").counts().changed()).isEqualTo(1);
    assertThat(stage.run("deals", "id,contact_id,stage,outcome\nc-1,change-1,sql,lost\n").counts())
        .isEqualTo(new Counts(1, 1, 0, 0, 0));
    assertThat(stage.facts("change-1").contact().tags()).containsExactly("timing");
    assertThat(stage.facts("change-1").lifecycle().deal())
        .extracting(Deal::outcome)
        .isEqualTo("lost");
  }

  @Test
  void contact_whosePersonSaidNo_isNoted() {
    stage.run("contacts", "id,email\nno-1,ann.no@example.com\n");
    stage.run("suppressions", "contact_id,scope,reason,since\nno-1,email,opt_out,2026-01-01\n");
    ImportJob job =
        stage.run("contacts", "id,email\nno-2,ann.no@example.com\nno-3,bob.no@example.com\n");
    assertThat(job.counts().warnings()).isEqualTo(1);
    assertThat(stage.lines())
        .containsExactly(
            "warning,contacts.csv,2,id,,\"The person has said no before (email), and that still"
                + " holds.\"");
  }

  @Test
  void contact_thatSharesAddressesWithSeveralPersons_isNoted() {
    stage.run(
        "contacts",
        "id,person_id,email\nmany-1,person-1,many@example.com\nmany-2,person-2,many@example.com\n");
    stage.run("contacts", "id,email\nmany-3,many@example.com\n");
    assertThat(stage.lines())
        .singleElement()
        .asString()
        .startsWith("warning,contacts.csv,2,person_id,,The contact shares addresses with several");
  }

  @Test
  void header_thatIsBad_importsNothing() {
    ImportJob job = stage.run("contacts", "id,emial\nheader-1,a@example.com\n");
    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(job.message())
        .isEqualTo("The header row is not as it must be, so nothing was imported.");
    assertThat(job.counts().read()).isZero();
    assertThat(stage.kept(job.id())).singleElement().asString().contains("Did you mean email?");
    assertThat(stage.knows("header-1")).isFalse();
    assertThat(stage.run("deals", "contact_id\nheader-1\n").state()).isEqualTo(State.FAILED);
    assertThat(stage.run("deals", "").state()).isEqualTo(State.FAILED);
    assertThat(stage.run("contacts", "id;email\nheader-1;a@example.com\n").state())
        .isEqualTo(State.FAILED);
    assertThat(stage.run("contacts", "a@example.com,b@example.com\n").state())
        .isEqualTo(State.FAILED);
    assertThat(stage.lines().toString()).doesNotContain("@example.com");
  }

  @Test
  void bytes_thatAreLatin1NulOrQuotedWrongly_costTheirRowAlone() {
    byte[] csv =
        ("\u00EF\u00BB\u00BFid,status_at_last_touch\r\nbytes-1,caf\u00e9\r\nbytes-2,b\0d\r\n"
                + "bytes-3,\"open\r\nbytes-4,\"a\"b\r\nbytes-5,\"good \"\"quote\"\"\"\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ImportJob job = stage.run("contacts", csv);
    assertThat(job.state()).isEqualTo(State.DONE);
    assertThat(stage.lines())
        .extracting(line -> line.split(",", -1)[2])
        .containsExactly("2", "3", "4", "5");
    assertThat(stage.facts("bytes-5").contact().statusAtLastTouch()).isEqualTo("good \"quote\"");
    assertThat(List.of("bytes-1", "bytes-2", "bytes-3", "bytes-4")).noneMatch(stage::knows);
  }

  @Test
  void cells_thatSlippedIntoOtherColumns_areNotCarriedIntoFindings() {
    ImportJob job =
        stage.run(
            "contacts",
            "id,country,currency,relationship\nslip-1,bob@example.com,+1 212 555 0101,2125550101\n");
    assertThat(job.counts().errors()).isEqualTo(3);
    assertThat(stage.kept(job.id()).toString())
        .doesNotContain("bob")
        .doesNotContain("555")
        .contains("That is no ISO 3166-1 code");
  }
}
