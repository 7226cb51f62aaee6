package rekindle.impact;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.impact.Change.Kind;
import rekindle.impact.Groups.Tally;
import rekindle.impact.Section.Line;
import rekindle.json.Rfc3339;

/**
 * An impact as text that a person reads in a terminal: who can be reached that could not before
 * comes first, then all else that changes, each line with examples and the rows on both sides.
 */
public final class ImpactText {
  private static final int LINES_MAX = 20;
  private static final int EXAMPLES_MAX = 2;
  private static final int GROUPS_MAX = 20;
  private static final int WIDTH = 9;

  private final StringBuilder text = new StringBuilder();

  private ImpactText() {}

  /**
   * The text, its last line ended.
   *
   * @param what was compared, such as {@code Recorded decisions}
   */
  public static String of(String what, Impact impact) {
    var text = new ImpactText();
    text.summary(what, impact);
    impact.sections.forEach(text::section);
    text.groups("By segment", impact.segments);
    text.groups("By program", impact.programs);
    return text.text.toString();
  }

  private void summary(String what, Impact impact) {
    line(what + ": " + impact.decided() + " compared");
    line(number(impact.changed) + "  change" + share(impact.changed, impact.decided()));
    line(
        number(impact.unchanged)
            + "  stay the same"
            + (impact.detailsOnly == 0
                ? ""
                : ", " + impact.detailsOnly + " of them but for instants, texts or scores"));
    if (impact.skipped > 0) {
      line(number(impact.skipped) + "  could not be compared");
    }
  }

  private void section(Kind kind, Section section) {
    boolean leads = kind == Kind.NEWLY_CONTACTABLE || kind == Kind.NEWLY_NOT_CONTACTABLE;
    if (section.decisions == 0 && !leads) {
      return;
    }
    line("");
    line(title(kind) + ": " + section.decisions);
    List<Map.Entry<Change, Line>> lines = section.lines();
    long hidden = section.otherLines;
    long uncounted = section.others;
    for (int i = 0; i < lines.size(); i++) {
      if (i < LINES_MAX) {
        change(lines.get(i).getKey(), lines.get(i).getValue());
      } else {
        hidden++;
        uncounted += lines.get(i).getValue().count;
      }
    }
    if (uncounted > 0) {
      line(number(uncounted) + "  and " + hidden + " others");
    }
  }

  private static String title(Kind kind) {
    return switch (kind) {
      case NEWLY_CONTACTABLE -> "NEWLY CONTACTABLE";
      case NEWLY_NOT_CONTACTABLE -> "NEWLY NOT CONTACTABLE";
      case VERDICT -> "Verdict";
      case SEGMENT -> "Segment";
      case CHANNEL -> "Channel of the touch";
      case STEP -> "Step";
      case INCENTIVE -> "Incentive";
      case DENIAL -> "Denials";
    };
  }

  private void change(Change change, Line line) {
    Channel channel = change.channel();
    line(
        number(line.count)
            + "  "
            + (channel == null ? "" : channel.code() + ": ")
            + orNone(change.from())
            + " -> "
            + orNone(change.to()));
    line.examples().stream().limit(EXAMPLES_MAX).forEach(this::example);
  }

  private void example(Example example) {
    String decision = example.decisionId() == null ? "" : ", decision " + example.decisionId();
    line(
        indent(3)
            + "for example "
            + example.contactId()
            + decision
            + ", as of "
            + Rfc3339.format(example.asOf()));
    example.before().forEach(source -> source("before", source));
    example.after().forEach(source -> source("after ", source));
  }

  private void source(String side, Source source) {
    Channel channel = source.channel();
    String where = source.row() == null ? "" : "  " + source.row() + " (" + source.rule() + ")";
    line(
        indent(5)
            + side
            + "  "
            + (channel == null ? "" : channel.code() + " ")
            + source.part()
            + (source.code() == null ? "" : " " + source.code())
            + where);
  }

  private void groups(String title, Groups groups) {
    line("");
    line(title + ": changed of decided");
    long changed = groups.others.changed;
    long decided = groups.others.decided;
    int shown = 0;
    for (Map.Entry<String, Tally> group : groups.tallies()) {
      Tally tally = group.getValue();
      if (shown < GROUPS_MAX) {
        String code = group.getKey().equals(Groups.NONE) ? null : group.getKey();
        line(number(tally.changed) + " of " + tally.decided + "  " + orNone(code));
        shown++;
      } else {
        changed += tally.changed;
        decided += tally.decided;
      }
    }
    if (decided > 0) {
      line(number(changed) + " of " + decided + "  others");
    }
  }

  private static String share(long part, long whole) {
    if (whole == 0) {
      return "";
    }
    long tenths = Math.round(1000.0 * part / whole);
    return ", " + tenths / 10 + "." + tenths % 10 + " %";
  }

  private static String number(long number) {
    String digits = Long.toString(number);
    return " ".repeat(Math.max(0, WIDTH - digits.length())) + digits;
  }

  private static String indent(int more) {
    return " ".repeat(WIDTH - 1 + more);
  }

  private static String orNone(@Nullable String code) {
    return code == null ? "none" : code;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
