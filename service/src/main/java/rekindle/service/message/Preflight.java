package rekindle.service.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.eligibility.RequiredElements.Required;
import rekindle.facts.Channel;

/**
 * The check of a rendered message before it leaves: what the tables demand, and what no message
 * should do. Thread-safe.
 */
public final class Preflight {
  /** Longer texts are paid for in parts, and arrive in parts. */
  private static final int SEGMENTS_USUAL = 2;

  /** What merging leaves: placeholders of many systems, whole ones first, and torn ones. */
  private static final Pattern LEFT_OPEN =
      Pattern.compile(
          String.join(
              "|",
              "\\{\\{[^{}\\n]{0,60}\\}\\}",
              "\\$\\{[^{}\\n]{0,60}\\}",
              "<%[^%\\n]{0,60}%>",
              "\\[\\[[^\\[\\]\\n]{0,60}\\]\\]",
              "\\*\\|[A-Z_]+\\|\\*",
              "<<[\\p{L}_][^<>\\n]{0,60}>>",
              "%[A-Z][A-Z_]{2,30}%",
              "\\{[\\p{L}_][\\w .]{0,60}\\}",
              "(?i:[\\[<](first|last|full|your)?[ _]?(name|company)[\\]>])",
              "\\{\\{|\\}\\}|\\$\\{|<%|%>|\\[\\[|\\]\\]",
              "(?<![\\p{L}\\p{N}])(null|undefined|NaN)(?![\\p{L}\\p{N}])"));

  private final Demands demands;
  private final Elements elements;
  private final Phrases phrases = Phrases.shipped();
  private final Links links = Links.shipped();

  public Preflight(Sender sender, Demands demands) {
    this.demands = demands;
    this.elements = new Elements(sender, phrases);
  }

  /**
   * What was found.
   *
   * @param segments of an SMS; null for other channels
   */
  public record Report(List<Finding> findings, @Nullable SmsSegments segments) {
    public Report {
      findings = List.copyOf(findings);
    }

    /** Whether the message may leave. */
    public boolean passes() {
      return findings.stream().noneMatch(Finding::blocks);
    }
  }

  /**
   * Checks a message that {@link Messages} made.
   *
   * @param jurisdictions every candidate of the contact; empty where none is known
   * @param required elements that the decision demands; those of the tables are checked anyway
   */
  public Checked check(
      RenderedMessage message,
      List<String> jurisdictions,
      Collection<String> required,
      Instant at) {
    Report report = check(Draft.of(message), message.channel(), jurisdictions, required, at);
    return new Checked(report, report.passes() ? new PassedMessage(message) : null);
  }

  /** A report, and the message if it passed. */
  public static final class Checked {
    private final Report report;
    private final @Nullable PassedMessage message;

    private Checked(Report report, @Nullable PassedMessage message) {
      this.report = report;
      this.message = message;
    }

    static Checked refused(Finding finding) {
      return new Checked(new Report(List.of(finding), null), null);
    }

    public Report report() {
      return report;
    }

    /** What a {@link MailSender} takes; empty where something blocks. */
    public Optional<PassedMessage> passed() {
      return Optional.ofNullable(message);
    }
  }

  /** Checks a message of whoever made it. */
  public Report check(
      Draft draft,
      Channel channel,
      List<String> jurisdictions,
      Collection<String> required,
      Instant at) {
    var findings = new ArrayList<Finding>();
    elements(draft, channel, demands.of(channel, jurisdictions, at), required, findings::add);
    wording(draft, findings::add);
    subject(draft, channel, findings::add);
    links.check(draft, findings::add);
    SmsSegments segments = null;
    if (channel == Channel.SMS) {
      segments = SmsSegments.of(draft.text() == null ? "" : draft.text());
      length(segments, findings::add);
    }
    return new Report(findings, segments);
  }

  private void elements(
      Draft draft,
      Channel channel,
      List<Required> demanded,
      Collection<String> required,
      Consumer<Finding> findings) {
    Set<String> rest = new LinkedHashSet<>(required);
    for (Required one : demanded) {
      rest.remove(one.element());
      String objection = elements.objection(one.element(), draft, channel);
      if (objection != null) {
        findings.accept(Finding.missing(one.element(), objection, one.hit()));
      }
    }
    for (String element : rest) {
      String objection = elements.objection(element, draft, channel);
      if (objection != null) {
        findings.accept(Finding.missing(element, objection, null));
      }
    }
  }

  private void wording(Draft draft, Consumer<Finding> findings) {
    Set<String> texts = new LinkedHashSet<>();
    texts.add(draft.subject() == null ? "" : draft.subject());
    texts.add(draft.text() == null ? "" : draft.text());
    texts.add(draft.html() == null ? "" : VisibleText.ofHtml(draft.html()));
    Set<Finding> found = new LinkedHashSet<>();
    for (String text : texts) {
      phrases.in(Phrases.SHAM_URGENCY, text).forEach(phrase -> found.add(pressing(phrase)));
      phrases.undatedEnds(text).forEach(phrase -> found.add(undated(phrase)));
      phrases.in(Phrases.GUILT, text).forEach(phrase -> found.add(guilt(phrase)));
      Matcher open = LEFT_OPEN.matcher(text);
      while (open.find()) {
        found.add(
            Finding.error(
                "placeholder_left",
                "\"" + open.group() + "\" was left where a value should stand; fill it."));
      }
    }
    found.forEach(findings);
    if (texts.stream().allMatch(String::isBlank)) {
      findings.accept(Finding.error("message_empty", "The message has no words."));
    }
  }

  private static void subject(Draft draft, Channel channel, Consumer<Finding> findings) {
    String subject = draft.subject();
    if (channel == Channel.EMAIL && (subject == null || subject.isBlank())) {
      findings.accept(Finding.error("subject_missing", "The e-mail has no subject; write one."));
    } else if (subject != null && subject.chars().anyMatch(Character::isISOControl)) {
      findings.accept(
          Finding.error(
              "subject_broken", "The subject holds a line break or another control character."));
    }
  }

  private static Finding pressing(String phrase) {
    return Finding.error(
        Phrases.SHAM_URGENCY,
        "\"" + phrase + "\" presses without need, whatever the term; leave it out.");
  }

  private static Finding undated(String phrase) {
    return Finding.error(
        Phrases.SHAM_URGENCY,
        "\""
            + phrase
            + "\" tells of an end and not of when; leave it out, or name the day in the same sentence.");
  }

  private static Finding guilt(String phrase) {
    return Finding.error(
        "guilt", "\"" + phrase + "\" blames the person for not answering; leave it out.");
  }

  private static void length(SmsSegments segments, Consumer<Finding> findings) {
    if (segments.segments() > SEGMENTS_USUAL) {
      findings.accept(
          Finding.warning(
              "sms_long",
              "The text takes "
                  + segments.segments()
                  + " segments in "
                  + segments.encoding()
                  + "; more than "
                  + SEGMENTS_USUAL
                  + " cost more, and arrive in parts."));
    }
  }
}
