package rekindle.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rekindle.decision.Decision;
import rekindle.json.Rfc3339;
import rekindle.table.Cell;
import rekindle.table.TypedRow;

/**
 * Reads the cells of a scenario that say what must come out. A blank cell is not looked at. Each is
 * brought to one spelling, in which {@link Found} spells the decision too, with the same optional
 * parts.
 */
final class ExpectationReader {
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern TOUCH =
      Pattern.compile("[a-z][a-z0-9_]* [1-9]\\d* of [1-9]\\d* [a-z_]+ (person|machine)");
  private final TypedRow row;
  private final List<String> problems;
  private final List<Expectation> expectations = new ArrayList<>();

  private ExpectationReader(TypedRow row, List<String> problems) {
    this.row = row;
    this.problems = problems;
  }

  /** The expectations of a row; what cannot be read is added to the problems. */
  static List<Expectation> read(TypedRow row, List<String> problems) {
    var reader = new ExpectationReader(row, problems);
    reader.verdict();
    reader.codes("reasons", Found::reasons);
    reader.codes("segment", Found::segment);
    reader.standing();
    reader.touch();
    reader.notBefore();
    reader.lookAgain();
    reader.channels();
    reader.incentive();
    return reader.expectations;
  }

  private void verdict() {
    text("verdict")
        .ifPresent(
            text -> {
              boolean known =
                  Arrays.stream(Decision.Verdict.values()).anyMatch(v -> v.code().equals(text));
              if (known) {
                add("verdict", text, decision -> decision.verdict().code());
              } else {
                fault("verdict", text, "a verdict such as wait or touch");
              }
            });
  }

  private void codes(String key, Function<Decision, String> found) {
    text(key)
        .ifPresent(
            text -> {
              List<String> codes = list(text);
              if (codes.stream().allMatch(c -> CODE.matcher(c).matches())) {
                add(key, codes.stream().sorted().collect(Collectors.joining(", ")), found);
              } else {
                fault(key, text, "codes separated by commas, or none");
              }
            });
  }

  private void standing() {
    text("standing")
        .ifPresent(
            text -> {
              List<String> parts = list(text);
              if (parts.size() == 3 || parts.size() == 4) {
                add("standing", String.join(", ", parts), d -> Found.standing(d, parts.size()));
              } else {
                fault("standing", text, "group, tier, cohort and, if wanted, the offer angle");
              }
            });
  }

  private void touch() {
    text("touch")
        .ifPresent(
            text -> {
              List<String> lines = lines(text);
              String first = lines.get(0);
              List<String> details = lines.subList(1, lines.size());
              boolean readable =
                  first.equals("none") && details.isEmpty()
                      || TOUCH.matcher(first).matches()
                          && details.stream().allMatch(Found::isTouchDetail);
              if (readable) {
                add("touch", String.join("; ", lines), d -> Found.touch(d, details));
              } else {
                fault(
                    "touch",
                    text,
                    "none, or sequence, step, channel and by: stalled 2 of 3 email machine;"
                        + " then lines such as purpose: offer, not after: instant, must carry: codes");
              }
            });
  }

  private void notBefore() {
    if (row.cell("notBefore") instanceof Cell.Timestamp at) {
      add(
          "notBefore",
          Rfc3339.format(at.value()),
          d -> d.touch() == null ? "no touch" : Found.instant(d.touch().notBefore()));
    }
  }

  private void lookAgain() {
    text("recheckAt")
        .ifPresent(
            text ->
                Moments.read(text)
                    .ifPresentOrElse(
                        moment -> add("recheckAt", moment, d -> Found.instant(d.recheckAt())),
                        () -> fault("recheckAt", text, "an instant in UTC, or never")));
  }

  private void channels() {
    text("channels").ifPresent(text -> lines(text).forEach(this::channel));
  }

  private void channel(String line) {
    ChannelExpectation.read(line)
        .ifPresentOrElse(
            channel -> add("channels", channel.expected(), channel::found),
            () -> fault("channels", line, ChannelExpectation.FORM));
  }

  private void incentive() {
    text("incentive")
        .ifPresent(
            text ->
                IncentiveExpectation.read(text)
                    .ifPresentOrElse(
                        incentive -> add("incentive", incentive.expected(), incentive::found),
                        () -> fault("incentive", text, IncentiveExpectation.FORM)));
  }

  private Optional<String> text(String key) {
    return row.text(key).map(String::strip).filter(t -> !t.isEmpty());
  }

  private void add(String key, String expected, Function<Decision, String> found) {
    expectations.add(new Expectation(label(key), expected, found));
  }

  private void fault(String key, String text, String allowed) {
    problems.add("column " + label(key) + ": \"" + text + "\" cannot be read; write " + allowed);
  }

  private static String label(String key) {
    return ScenarioTables.SCENARIOS.columns().stream()
        .filter(c -> c.key().equals(key))
        .findFirst()
        .orElseThrow()
        .label();
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }
}
