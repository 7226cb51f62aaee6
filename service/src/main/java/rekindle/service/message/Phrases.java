package rekindle.service.message;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Phrases by what they say, of all languages, from the file {@code phrases.tsv}. Thread-safe. */
final class Phrases {
  static final String SHAM_URGENCY = "sham_urgency";
  static final String UNDATED_END = "undated_end";
  static final String GUILT = "guilt";

  /** What {@code <n>} stands for in a phrase. */
  private static final String NUMBER =
      "(?:[0-9]{1,4}|one|two|three|four|five|ten|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro|cinco)";

  /** Before a single word: that there is no hurry presses nobody. */
  private static final Pattern DENIED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(no|not|not that|isn't|never|without|kein|keine|nicht|pas|sans|sin|no es) $");

  /** Not after a point that makes a number the day of a month. */
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?])(?<!(?<![0-9])[0-9]{1,2}\\.)\\s|\\R\\s*\\R");

  /** A day, as people write it: in numbers with a year, or beside the name of a month. */
  private static final Pattern DATE = date();

  private final Map<String, List<Pattern>> phrases = new HashMap<>();

  /**
   * @param lines of kind, language and phrase, parted by tabs; lines with # are comments
   */
  Phrases(String lines) {
    for (String line : lines.lines().toList()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] parts = line.split("\t", 3);
        String text = VisibleText.folded(parts[2]);
        // Not \b, which knows no letters but English ones.
        Pattern pattern =
            Pattern.compile(
                "(?<![\\p{L}\\p{N}])"
                    + Arrays.stream(text.split("<n>", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(NUMBER))
                    + "(?![\\p{L}\\p{N}])(?!-free)(?! and then)");
        phrases.computeIfAbsent(parts[0], kind -> new ArrayList<>()).add(pattern);
      }
    }
  }

  private static Pattern date() {
    var months = new TreeSet<String>();
    for (String language : List.of("en", "de", "fr", "es")) {
      for (Month month : Month.values()) {
        for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
          String name = month.getDisplayName(style, Locale.forLanguageTag(language));
          months.add(Pattern.quote(VisibleText.folded(name).replace(".", "")));
        }
      }
    }
    String month = "(" + String.join("|", months) + ")\\.?";
    return Pattern.compile(
        "\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[./] ?\\d{1,2}[./] ?\\d{2,4}\\b"
            + "|\\b\\d{1,2}(st|nd|rd|th|\\.)? (of |de )?"
            + month
            + "(?!\\p{L})|(?<!\\p{L})"
            + month
            + " \\d{1,2}\\b");
  }

  static Phrases shipped() {
    return new Phrases(Resources.read("phrases.tsv"));
  }

  /** Whether the text holds a phrase of the kind. */
  boolean holds(String kind, String text) {
    return !in(kind, text).isEmpty();
  }

  /** All phrases of the kind that the text holds, in their order; those that overlap as one. */
  List<String> in(String kind, String text) {
    String folded = VisibleText.folded(text);
    record Span(int start, int end) {}
    List<Span> spans =
        phrases.getOrDefault(kind, List.of()).stream()
            .flatMap(phrase -> phrase.matcher(folded).results())
            .filter(
                match ->
                    !kind.equals(SHAM_URGENCY)
                        || match.group().indexOf(' ') >= 0
                        || !DENIED.matcher(folded.substring(0, match.start())).find())
            .map(match -> new Span(match.start(), match.end()))
            .sorted(Comparator.comparingInt(Span::start))
            .toList();
    var found = new LinkedHashSet<String>();
    for (int i = 0; i < spans.size(); ) {
      int start = spans.get(i).start();
      int end = spans.get(i).end();
      for (i++; i < spans.size() && spans.get(i).start() < end; i++) {
        end = Math.max(end, spans.get(i).end());
      }
      found.add(folded.substring(start, end));
    }
    return List.copyOf(found);
  }

  /** All phrases that tell of an end, in sentences that do not tell when. */
  List<String> undatedEnds(String text) {
    return SENTENCE_END
        .splitAsStream(text)
        .filter(sentence -> !DATE.matcher(VisibleText.folded(sentence)).find())
        .flatMap(sentence -> in(UNDATED_END, sentence).stream())
        .distinct()
        .toList();
  }
}
