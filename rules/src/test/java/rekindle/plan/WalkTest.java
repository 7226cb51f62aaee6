package rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import rekindle.decision.Decision.Verdict;
import rekindle.engine.DecisionEngine;
import rekindle.engine.ShippedEngine;
import rekindle.facts.Channel;
import rekindle.json.StrictJson;
import rekindle.plan.AssumedResponse.After;
import rekindle.plan.AssumedResponse.At;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.plan.ContactCalendar.Ending;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseReader;

/** How a walk goes on and ends, on people of the golden calendars. */
class WalkTest {
  private static Stream<Decided> decided(ContactCalendar calendar) {
    return calendar.entries().stream().filter(Decided.class::isInstance).map(Decided.class::cast);
  }

  private static List<Verdict> verdicts(ContactCalendar calendar) {
    return decided(calendar).map(entry -> entry.decision().verdict()).toList();
  }

  private static ContactCalendar walk(String name, int days, AssumedResponse... responses) {
    PlannedCase one = PlannedCase.named(name);
    return Walk.of(
        ShippedEngine.get(),
        one.facts(),
        new Assumptions(one.assumptions().from(), days, List.of(responses)));
  }

  @Test
  void walk_overBeforeTheNextStep_tellsWhatWouldComeNext() {
    ContactCalendar calendar = walk("churned", 90);
    assertThat(calendar.ending()).isEqualTo(Ending.SPAN_OVER);
    assertThat(verdicts(calendar)).containsExactly(Verdict.TOUCH);
    Decided next = Objects.requireNonNull(calendar.next());
    assertThat(Objects.requireNonNull(next.decision().touch()).step()).isEqualTo(2);
    assertThat(next.until()).isEqualTo("2027-03-01T15:00:00Z");
    assertThat(CalendarText.of(calendar))
        .endsWith("Next: churned 2 of 4: offer by email on Mon 2027-03-01 10:00.\n");
  }

  @Test
  void walk_withoutAnEndOfADenial_looksEveryDayAndTellsItOnce() {
    PlannedCase one = PlannedCase.named("lapsed-with-a-list-to-ask");
    ContactCalendar calendar =
        Walk.of(ShippedEngine.get(), one.facts(), Assumptions.silence(one.assumptions().from(), 8));
    assertThat(verdicts(calendar)).containsExactly(Verdict.WAIT);
    assertThat(decided(calendar).findFirst().orElseThrow().until())
        .isEqualTo("2026-12-09T15:00:00Z");
  }

  @Test
  void response_afterATouch_takesTheChannelOfTheTouch() {
    var no =
        new AssumedResponse(
            new After("standard_five", 2, Duration.ofHours(2)), "opt_out", null, null);
    ContactCalendar calendar = walk("standard-five", 90, no);
    assertThat(calendar.assumedResponses()).hasSize(1);
    assertThat(calendar.assumedResponses().get(0).channel()).isEqualTo(Channel.SMS);
    assertThat(calendar.assumedResponses().get(0).at()).isEqualTo("2026-12-05T17:00:00Z");
  }

  @Test
  void purchase_ofALapsedCustomer_endsTheJourneyUntilTheyAreDormantAgain() {
    var purchase =
        new AssumedResponse(
            new At(Instant.parse("2026-12-08T15:00:00Z")), "purchase", null, Channel.EMAIL);
    ContactCalendar calendar = walk("lapsed", 60, purchase);
    assertThat(verdicts(calendar)).containsExactly(Verdict.TOUCH, Verdict.TOUCH, Verdict.EXIT);
    Decided exit = decided(calendar).reduce((first, last) -> last).orElseThrow();
    assertThat(exit.ends()).isEqualTo("lapsed");
    assertThat(exit.decision().reasons().stream().map(reason -> reason.code()))
        .containsExactly("engaged", "segment_changed");
    assertThat(exit.until()).isEqualTo("2027-02-06T15:00:00.001Z");
  }

  @Test
  void complaint_ofAnyone_isTheLastThatTheirChannelHears() {
    var complaint =
        new AssumedResponse(
            new At(Instant.parse("2026-12-02T15:00:00Z")), "complaint", null, Channel.EMAIL);
    ContactCalendar calendar = walk("early-drop-off", 90, complaint);
    assertThat(verdicts(calendar)).containsExactly(Verdict.TOUCH, Verdict.SUPPRESS);
    assertThat(calendar.ending()).isEqualTo(Ending.NOTHING_AHEAD);
  }

  @Test
  void json_ofACalendar_hasEveryKeyInEveryEntry() {
    JsonNode json =
        StrictJson.read(CalendarWriter.write(PlannedCase.named("stalled-clicks").calendar()));
    assertThat(json.at("/entries/0/verdict").textValue()).isEqualTo("touch");
    assertThat(json.at("/entries/0/begins").textValue()).isEqualTo("stalled");
    assertThat(json.at("/entries/0/day").intValue()).isZero();
    assertThat(json.at("/entries/2/kind").textValue()).isEqualTo("response");
    assertThat(json.at("/entries/2/response/assumed").booleanValue()).isTrue();
    assertThat(json.at("/entries/3/ends").textValue()).isEqualTo("stalled");
    assertThat(json.get("timeZone").textValue()).isEqualTo("America/New_York");
    var keys = json.at("/entries/0").properties().stream().map(java.util.Map.Entry::getKey);
    List<String> first = keys.toList();
    json.get("entries")
        .forEach(
            entry ->
                assertThat(entry.properties().stream().map(java.util.Map.Entry::getKey))
                    .containsExactlyElementsOf(first));
  }

  @Test
  void holdout_everybodyHeldOut_takesEveryStepAndReachesNobody() throws IOException {
    PlannedCase one = PlannedCase.named("stalled-deal");
    try (DecisionEngine engine = everybodyHeldOut()) {
      ContactCalendar calendar = Walk.of(engine, one.facts(), one.assumptions());
      assertThat(verdicts(calendar))
          .containsExactly(
              Verdict.HOLDOUT,
              Verdict.HOLDOUT,
              Verdict.HOLDOUT,
              Verdict.EXIT,
              Verdict.HOLDOUT,
              Verdict.HOLDOUT,
              Verdict.EXIT,
              Verdict.PARK);
      assertThat(decided(calendar).map(Decided::at).map(Object::toString).limit(3))
          .containsExactly("2026-12-01T15:00:00Z", "2026-12-08T15:00:00Z", "2026-12-15T15:00:00Z");
    }
  }

  private static DecisionEngine everybodyHeldOut() throws IOException {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      workbooks.put(name, Files.readAllBytes(Path.of("..", "decision-tables", name + ".xlsx")));
    }
    workbooks.computeIfPresent("experiments", (name, bytes) -> heldOut(bytes));
    return DecisionEngine.of(Objects.requireNonNull(ReleaseReader.read(workbooks).release()));
  }

  private static byte[] heldOut(byte[] workbook) {
    var out = new ByteArrayOutputStream();
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
      for (var cell : book.getSheet("Holdouts").getRow(10)) {
        if (cell.getCellType() == CellType.NUMERIC && cell.getNumericCellValue() == 0) {
          cell.setCellValue(1);
        }
      }
      book.write(out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
