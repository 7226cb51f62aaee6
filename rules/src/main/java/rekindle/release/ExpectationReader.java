package rekindle.release;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rekindle.decision.Decision;
import rekindle.facts.Channel;
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
  private static final Pattern CHANNEL =
      Pattern.compile(
          "(?<channel>[a-z_]+): (?:allow (?<basis>[a-z0-9_]+) (?<rule>\\S+)"
              + "|deny (?<codes>[a-z0-9_]+(?:, [a-z0-9_]+)*)(?: until (?<until>\\S+))?"
              + "(?: on (?<ground>[a-z0-9_]+) (?<groundRule>\\S+))?)");
  private static final Pattern INCENTIVE =
      Pattern.compile(
          "(?<code>[a-z0-9_]+)(?:, value (?<value>none|\\d{1,12}(?:\\.\\d{1,6})? [A-Z]{3}))?"
              + "(?:, cost (?<cost>\\d{1,12}(?:\\.\\d{1,6})? [A-Z]{3}))?(?:, until (?<until>\\S+))?"
              + "(?:, because (?<because>[a-z0-9_]+(?:, [a-z0-9_]+)*))?");

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
                moment(text)
                    .ifPresentOrElse(
                        moment -> add("recheckAt", moment, d -> Found.instant(d.recheckAt())),
                        () -> fault("recheckAt", text, "an instant in UTC, or never")));
  }

  private void channels() {
    text("channels").ifPresent(text -> lines(text).forEach(this::channel));
  }

  private void channel(String line) {
    var parts = CHANNEL.matcher(line);
    Optional<Channel> channel =
        parts.matches() ? Channel.of(parts.group("channel")) : Optional.empty();
    Optional<String> until =
        channel.isPresent() && parts.group("until") != null
            ? moment(parts.group("until"))
            : Optional.of("");
    if (channel.isEmpty() || until.isEmpty()) {
      fault(
          "channels",
          line,
          "sms: deny code, code until instant; or email: allow basis rule; with a comma and a blank"
              + " between codes");
      return;
    }
    String expected;
    if (parts.group("codes") == null) {
      expected = "allow " + parts.group("basis") + " " + parts.group("rule");
    } else {
      expected =
          "deny "
              + list(parts.group("codes")).stream().sorted().collect(Collectors.joining(", "))
              + (until.get().isEmpty() ? "" : " until " + until.get())
              + (parts.group("ground") == null
                  ? ""
                  : " on " + parts.group("ground") + " " + parts.group("groundRule"));
    }
    boolean withUntil = !until.get().isEmpty();
    boolean withGround = expected.contains(" on ");
    add(
        "channels",
        channel.get().code() + ": " + expected,
        d -> Found.channel(d, channel.get(), withUntil, withGround));
  }

  private void incentive() {
    text("incentive")
        .ifPresent(
            text -> {
              var parts = INCENTIVE.matcher(text);
              Optional<String> until =
                  parts.matches() && parts.group("until") != null
                      ? moment(parts.group("until"))
                      : Optional.of("");
              if (!parts.matches() || until.isEmpty()) {
                fault(
                    "incentive",
                    text,
                    "none, or a code, then if wanted: , value 100 USD, cost 30 USD, until instant");
                return;
              }
              var wanted =
                  new Found.IncentiveParts(
                      parts.group("value") != null,
                      parts.group("cost") != null,
                      parts.group("until") != null,
                      parts.group("because") != null);
              String expected =
                  parts.group("code")
                      + (wanted.value() ? ", value " + money(parts.group("value")) : "")
                      + (wanted.cost() ? ", cost " + money(parts.group("cost")) : "")
                      + (wanted.until() ? ", until " + until.get() : "")
                      + (wanted.because()
                          ? ", because "
                              + list(parts.group("because")).stream()
                                  .sorted()
                                  .collect(Collectors.joining(", "))
                          : "");
              add("incentive", expected, d -> Found.incentive(d, wanted));
            });
  }

  private static String money(String text) {
    String[] parts = text.split(" ", -1);
    return parts.length == 1 ? text : Found.amount(new BigDecimal(parts[0])) + " " + parts[1];
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

  /** An instant or a date, which means its start in UTC, in the one spelling; or {@code never}. */
  private static Optional<String> moment(String text) {
    if (text.equals("never")) {
      return Optional.of(text);
    }
    Optional<Instant> instant = Rfc3339.parse(text.length() == 10 ? text + "T00:00:00Z" : text);
    return instant.map(Rfc3339::format);
  }
}
