package rekindle.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.TraceEntry;
import rekindle.facts.Channel;

/**
 * A decision as text that a person reads: the verdict, why, what stood in the way and until when,
 * and every row that decided.
 */
public final class Explanation {
  private static final int RELEASE_SHOWN = 19;

  private final Decision decision;
  private final List<String> lines = new ArrayList<>();

  private Explanation(Decision decision) {
    this.decision = decision;
  }

  /** The text, several lines, the last one ended. */
  public static String of(Decision decision) {
    var explanation = new Explanation(decision);
    explanation.verdict();
    explanation.standing();
    explanation.channels();
    explanation.trace();
    return String.join("\n", explanation.lines) + "\n";
  }

  private void verdict() {
    String person = decision.personId() == null ? "" : " (person " + decision.personId() + ")";
    lines.add("Contact " + decision.contactId() + person + ", as of " + decision.asOf());
    lines.add(
        "Release "
            + decision.release().substring(0, Math.min(RELEASE_SHOWN, decision.release().length()))
            + "…");
    lines.add("");
    lines.add(decision.verdict().code().toUpperCase(Locale.ROOT) + ": " + meaning());
    for (Reason reason : decision.reasons()) {
      lines.add(
          "  because  "
              + reason.text()
              + "  ["
              + reason.code()
              + source(reason.row(), reason.rule())
              + "]");
    }
    PlannedTouch touch = decision.touch();
    if (touch != null) {
      touch(touch);
    }
    lines.add("  look again  " + when(decision.recheckAt(), "only when something new is known"));
  }

  private String meaning() {
    return switch (decision.verdict()) {
      case TOUCH -> "hand this touch over now";
      case WAIT -> "nothing now";
      case PARK -> "nothing until a trigger";
      case SUPPRESS -> "no channel may be used, and time alone will not change that";
      case FOLLOW_UP -> "a person takes over";
      case EXIT -> "the journey ends";
      case HOLDOUT -> "would be touched, but is in the control group";
      case OUT_OF_SCOPE -> "no segment holds";
    };
  }

  private void touch(PlannedTouch touch) {
    String who = touch.by().equals("person") ? ", a task for a person" : "";
    lines.add(
        "  touch    step "
            + touch.step()
            + " of "
            + touch.of()
            + " of "
            + touch.sequence()
            + " ("
            + touch.purpose()
            + ") on "
            + touch.channel().code()
            + who);
    lines.add(
        "           not before "
            + when(touch.notBefore(), "somebody has looked at it")
            + ", not after "
            + when(touch.notAfter(), "–"));
    lines.add("           template " + touch.template());
    if (!touch.requiredElements().isEmpty()) {
      lines.add("           must carry " + String.join(", ", touch.requiredElements()));
    }
    var incentive = decision.incentive();
    if (incentive != null) {
      lines.add(
          "  incentive  "
              + incentive.code()
              + " until "
              + incentive.validUntil()
              + source(incentive.row(), incentive.rule()));
    }
  }

  private void standing() {
    lines.add("");
    lines.add("Where the person stands");
    lines.add(
        "  segment "
            + orNone(decision.segment())
            + ", group "
            + orNone(decision.group())
            + ", tier "
            + decision.tier()
            + ", cohort "
            + orNone(decision.cohort())
            + ", angle "
            + orNone(decision.offerAngle()));
  }

  private void channels() {
    lines.add("");
    lines.add("Channels");
    for (Map.Entry<Channel, ChannelAnswer> entry : decision.channels().entrySet()) {
      ChannelAnswer answer = entry.getValue();
      String ground =
          answer.basis() == null
              ? ""
              : "  permitted by " + answer.basis() + source(answer.row(), answer.rule());
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-10s  %s%s",
              entry.getKey().code(),
              answer.allowed() ? "yes" : "no",
              ground));
      for (Denial denial : answer.denials()) {
        lines.add(
            "              "
                + denial.code()
                + ": "
                + denial.text()
                + source(denial.row(), denial.rule()));
        lines.add(
            "                until "
                + when(denial.until(), "a new fact lifts it")
                + cited(denial.citation()));
      }
    }
  }

  private void trace() {
    lines.add("");
    lines.add("Rows that decided");
    for (TraceEntry entry : decision.trace()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-10s  %-24s  %-20s  %s",
              entry.stage(),
              entry.row(),
              entry.rule(),
              set(entry.set())));
    }
  }

  private static String set(Map<String, @Nullable Object> set) {
    var parts = new ArrayList<String>();
    set.forEach((key, value) -> parts.add(key + "=" + (value == null ? "none" : value)));
    return String.join(" ", parts);
  }

  private static String source(@Nullable String row, @Nullable String rule) {
    return row == null ? "" : "  " + row + " " + rule;
  }

  private static String cited(@Nullable String citation) {
    return citation == null ? "" : "  (" + citation + ")";
  }

  private static String when(@Nullable Instant instant, String otherwise) {
    return instant == null ? otherwise : instant.toString();
  }

  private static String orNone(@Nullable String code) {
    return code == null ? "none" : code;
  }
}
