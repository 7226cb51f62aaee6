package rekindle.oracle;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.facts.Channel;

/** A decision as lines that can be compared: what is decided, not the words it is told in. */
final class OracleAnswer {
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Set<String> trace = new LinkedHashSet<>();

  void put(String name, @Nullable Object value) {
    lines.put(name, String.valueOf(value));
  }

  /** A row that decided; each is named once for what it set. */
  void trace(String stage, @Nullable OracleRow row, String... more) {
    trace.add(stage + " " + row + " " + String.join(" ", more));
  }

  void endTrace() {
    put("trace", List.copyOf(trace));
  }

  static OracleAnswer of(Decision decision) {
    var answer = new OracleAnswer();
    answer.put("segment", decision.segment());
    answer.put("group", decision.group());
    answer.put("offerAngle", decision.offerAngle());
    answer.put("tier", decision.tier());
    answer.put("cohort", decision.cohort());
    decision.channels().forEach((channel, found) -> answer.put(channel.code(), channel(found)));
    answer.put("verdict", decision.verdict().code());
    answer.put(
        "reasons", decision.reasons().stream().map(one -> one.code() + " " + one.rule()).toList());
    answer.put("touch", decision.touch() == null ? null : touch(decision.touch()));
    answer.put("recheckAt", decision.recheckAt());
    answer.put(
        "incentive",
        decision.incentive() == null
            ? null
            : decision.incentive().code() + " " + decision.incentive().rule());
    answer.put(
        "trace",
        decision.trace().stream()
            .map(
                one ->
                    one.stage()
                        + " "
                        + one.rule()
                        + " "
                        + (Boolean.TRUE.equals(one.set().get("skipped")) ? "skipped" : ""))
            .toList());
    return answer;
  }

  private static String channel(Decision.ChannelAnswer found) {
    var denials =
        found.denials().stream()
            .map(denial -> denial(denial.code(), denial.row(), denial.rule(), denial.until()))
            .toList();
    return channel(found.allowed(), found.basis(), found.row(), found.rule(), denials);
  }

  static String channel(
      boolean allowed,
      @Nullable String basis,
      @Nullable String row,
      @Nullable String rule,
      List<String> denials) {
    return (allowed ? "allowed" : "denied") + " " + basis + " " + row + " " + rule + " " + denials;
  }

  static String denial(String code, String row, String rule, @Nullable Object until) {
    return code + " " + row + " " + rule + " until " + until;
  }

  private static String touch(Decision.PlannedTouch touch) {
    return touch(
        touch.sequence() + " " + touch.step() + "/" + touch.of() + " " + touch.purpose(),
        touch.channel(),
        touch.by(),
        touch.notBefore(),
        touch.notAfter(),
        touch.requiredElements());
  }

  static String touch(
      String step,
      Channel channel,
      String by,
      @Nullable Object notBefore,
      @Nullable Object notAfter,
      List<String> elements) {
    return step
        + " "
        + channel.code()
        + " by "
        + by
        + " from "
        + notBefore
        + " to "
        + notAfter
        + " "
        + elements;
  }

  /** The lines in which two answers differ, one below the other. */
  String differences(OracleAnswer engine) {
    var text = new StringBuilder();
    lines.forEach(
        (name, value) -> {
          String other = String.valueOf(engine.lines.get(name));
          if (!value.equals(other)) {
            text.append("  ").append(name).append("\n    oracle ").append(value);
            text.append("\n    engine ").append(other).append('\n');
          }
        });
    return text.toString();
  }
}
