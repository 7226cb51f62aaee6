package rekindle.impact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;

/**
 * One thing in which two outcomes differ.
 *
 * @param channel that it is about; null if it is about the person
 * @param from code before; null for none
 * @param to code after; null for none
 */
public record Change(
    Kind kind, @Nullable Channel channel, @Nullable String from, @Nullable String to) {
  private static final String TOUCH = Verdict.TOUCH.code();
  private static final String ALLOWED = "allowed";
  private static final String DENIED = "denied";

  /** By kind, then by channel and codes. */
  static final Comparator<Change> ORDER =
      Comparator.comparing(Change::kind)
          .thenComparing(Change::channel, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Change::from, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Change::to, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** What a change is about, in the order of the report: what could reach people comes first. */
  public enum Kind {
    /** The verdict becomes {@code touch}, or a channel that was denied is allowed. */
    NEWLY_CONTACTABLE,
    /** The verdict was {@code touch}, or a channel that was allowed is denied. */
    NEWLY_NOT_CONTACTABLE,
    VERDICT,
    SEGMENT,
    /** The channel of the touch. */
    CHANNEL,
    /** Sequence and number of the touch. */
    STEP,
    INCENTIVE,
    /** A channel has a denial code more, or one less. */
    DENIAL;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }

  /** In what two outcomes differ; empty if in nothing that counts. */
  static List<Change> between(Outcome before, Outcome after) {
    var changes = new ArrayList<Change>();
    contact(before, after, changes);
    plain(Kind.VERDICT, Outcome::verdict, before, after, changes);
    plain(Kind.SEGMENT, Outcome::segment, before, after, changes);
    plain(Kind.CHANNEL, Outcome::channel, before, after, changes);
    plain(Kind.STEP, Outcome::step, before, after, changes);
    plain(Kind.INCENTIVE, Outcome::incentive, before, after, changes);
    for (Channel channel : Channel.ALL) {
      denials(
          channel,
          before.denials().getOrDefault(channel, List.of()),
          after.denials().getOrDefault(channel, List.of()),
          changes);
    }
    return changes;
  }

  private static void contact(Outcome before, Outcome after, List<Change> changes) {
    boolean touched = before.verdict().equals(TOUCH);
    boolean touches = after.verdict().equals(TOUCH);
    if (touched != touches) {
      Kind kind = touches ? Kind.NEWLY_CONTACTABLE : Kind.NEWLY_NOT_CONTACTABLE;
      changes.add(new Change(kind, null, before.verdict(), after.verdict()));
    }
    for (Channel channel : Channel.ALL) {
      boolean was = before.allowed().contains(channel);
      boolean is = after.allowed().contains(channel);
      if (is && !was) {
        changes.add(new Change(Kind.NEWLY_CONTACTABLE, channel, DENIED, ALLOWED));
      } else if (was && !is) {
        changes.add(new Change(Kind.NEWLY_NOT_CONTACTABLE, channel, ALLOWED, DENIED));
      }
    }
  }

  private static void plain(
      Kind kind,
      Function<Outcome, @Nullable String> part,
      Outcome before,
      Outcome after,
      List<Change> changes) {
    String from = part.apply(before);
    String to = part.apply(after);
    if (!Objects.equals(from, to)) {
      changes.add(new Change(kind, null, from, to));
    }
  }

  private static void denials(
      Channel channel, List<String> before, List<String> after, List<Change> changes) {
    for (String code : before) {
      if (!after.contains(code)) {
        changes.add(new Change(Kind.DENIAL, channel, code, null));
      }
    }
    for (String code : after) {
      if (!before.contains(code)) {
        changes.add(new Change(Kind.DENIAL, channel, null, code));
      }
    }
  }

  /** Whether a row is one of those that the change is about. */
  boolean isAbout(Source source) {
    if (channel != null) {
      return source.channel() == channel;
    }
    return switch (kind) {
      case NEWLY_CONTACTABLE, NEWLY_NOT_CONTACTABLE, VERDICT -> source.part().equals(Source.REASON);
      case STEP -> source.part().equals("sequence") || source.part().equals("step");
      case SEGMENT, CHANNEL, INCENTIVE -> source.part().equals(kind.code());
      case DENIAL -> source.part().equals(Source.DENIAL);
    };
  }
}
