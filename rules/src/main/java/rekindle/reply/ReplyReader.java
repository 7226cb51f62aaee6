package rekindle.reply;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Reads what a text means by the rows of Phrases. Takes time in proportion to the text, whatever
 * stands in the rows. Thread-safe.
 */
public final class ReplyReader {
  private static final int CHARACTERS_MAX = 10_000;
  private static final int SHORT_WORDS_MAX = 8;
  private static final int BRIEF_WORDS_MAX = 4;
  private static final String EVERY = "every";

  private final TypedTable table;
  private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();
  private final Map<String, List<Phrase>> whole = new HashMap<>();
  private final List<Phrase> courtesies = new ArrayList<>();

  public ReplyReader(Release release) {
    table = release.table(ReplyTables.PHRASES);
    table.rows().forEach(this::add);
  }

  /**
   * What a text means.
   *
   * @param meaning a code of {@link ReplyVocabularies#MEANING}
   * @param review whether a person should read it
   * @param row the row that says so, as decisions name it; null where none does
   */
  public record Reading(
      String meaning, boolean review, @Nullable String row, @Nullable String rule) {}

  private static final Reading UNCLEAR = new Reading("unclear", false, null, null);

  /** Words of a row, one after another. */
  private record Phrase(Rule rule, List<String> words) {
    boolean isAt(List<String> text, int from) {
      return isIn(text, from, words);
    }
  }

  private static boolean isIn(List<String> text, int from, List<String> words) {
    return from + words.size() <= text.size()
        && text.subList(from, from + words.size()).equals(words);
  }

  /** A row as it is compared. */
  private record Rule(TypedRow row, String match, long order, List<List<String>> unless) {
    static Rule of(TypedRow row) {
      return new Rule(
          row,
          row.code("match").orElseThrow(),
          ((Cell.Number) row.cell("order")).value().longValueExact(),
          phrases(row.text("unless").orElse(ReplyTables.NONE)));
    }

    boolean isTakenBack(List<String> text) {
      for (List<String> words : unless) {
        for (int i = 0; i < text.size(); i++) {
          if (isIn(text, i, words)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private void add(TypedRow row) {
    Rule rule = Rule.of(row);
    for (List<String> words : phrases(row.text("words").orElse(""))) {
      var phrase = new Phrase(rule, words);
      switch (rule.match()) {
        case "whole", "sentence" ->
            whole.computeIfAbsent(skeleton(words), key -> new ArrayList<>(1)).add(phrase);
        case "courtesy" -> courtesies.add(phrase);
        default -> byFirstWord.computeIfAbsent(words.get(0), key -> new ArrayList<>(1)).add(phrase);
      }
    }
  }

  /** Whether a row of Phrases names any word. */
  public static boolean hasWords(TypedRow row) {
    return !phrases(row.text("words").orElse("")).isEmpty();
  }

  /** The phrases of a cell, each folded; separated by commas, semicolons or line breaks. */
  static List<List<String>> phrases(String cell) {
    var phrases = new ArrayList<List<String>>();
    if (cell.strip().equalsIgnoreCase(ReplyTables.NONE)) {
      return phrases;
    }
    for (String one : cell.split("[,;\\n]", -1)) {
      List<String> words = FoldedText.of(one).words();
      if (!words.isEmpty()) {
        phrases.add(words);
      }
    }
    return phrases;
  }

  private static String skeleton(List<String> words) {
    return words.stream().map(FoldedText::skeleton).collect(Collectors.joining());
  }

  /**
   * Reads a text.
   *
   * @param channel on which it came; null if on none of ours: then every row counts
   * @param languages that the person may speak, BCP 47; empty if none is known
   * @param at when it came, for rows with dates
   */
  public Reading read(String text, @Nullable Channel channel, List<String> languages, Instant at) {
    String cut = text.length() > CHARACTERS_MAX ? text.substring(0, CHARACTERS_MAX) : text;
    String own = channel == null || channel == Channel.EMAIL ? WrittenText.of(cut) : cut;
    List<String> words = FoldedText.of(own).words();
    var said =
        new Said(words, channel, primary(languages), at.atOffset(ZoneOffset.UTC).toLocalDate());
    Set<Rule> found = new HashSet<>();
    wholes(said, rule -> true, found);
    for (String sentence : own.split("[.!?;,\\n]+", -1)) {
      wholes(
          said.of(FoldedText.of(sentence).words()), rule -> rule.match().equals("sentence"), found);
    }
    together(said, found);
    phrases(said, found);
    phrases(said.of(withoutCourtesies(said)), found);
    return found.stream()
        .filter(rule -> !rule.isTakenBack(words))
        .min(Comparator.comparingLong(Rule::order).thenComparingInt(rule -> rule.row().number()))
        .map(rule -> reading(rule.row()))
        .orElse(UNCLEAR);
  }

  private static Set<String> primary(List<String> languages) {
    Set<String> primary = new HashSet<>();
    for (String language : languages) {
      primary.add(language.split("-", 2)[0].toLowerCase(Locale.ROOT));
    }
    return primary;
  }

  /** A text with what is known of whoever sent it. */
  private record Said(
      List<String> words, @Nullable Channel channel, Set<String> languages, LocalDate date) {
    Said of(List<String> some) {
      return new Said(some, channel, languages, date);
    }

    boolean admits(Rule rule) {
      TypedRow row = rule.row();
      return row.inForceOn(date)
          && (channel == null || row.codes("channel").contains(channel.code()))
          && speaks(row);
    }

    /** Whether a phrase counts where it stands. */
    boolean admits(Phrase phrase, int from) {
      boolean reaches =
          switch (phrase.rule().match()) {
            case "short" -> words.size() <= SHORT_WORDS_MAX;
            case "edge" ->
                words.size() <= BRIEF_WORDS_MAX
                    && (from == 0 || from + phrase.words().size() == words.size());
            default -> true;
          };
      return reaches && admits(phrase.rule());
    }

    /**
     * A person of a known language may write another one that no table knows, but not by chance.
     */
    private boolean speaks(TypedRow row) {
      List<String> of = row.codes("language");
      return languages.isEmpty() || of.contains(EVERY) || of.stream().anyMatch(languages::contains);
    }
  }

  private void phrases(Said said, Set<Rule> found) {
    List<String> words = said.words();
    for (int i = 0; i < words.size(); i++) {
      for (Phrase phrase : byFirstWord.getOrDefault(words.get(i), List.of())) {
        if (phrase.isAt(words, i) && said.admits(phrase, i)) {
          found.add(phrase.rule());
        }
      }
    }
  }

  /** Rows of one meaning whose words make up all of a message, one after the other. */
  private void together(Said said, Set<Rule> found) {
    List<String> bare = withoutCourtesies(said);
    var rules = new ArrayList<Rule>();
    for (String word : bare) {
      whole.getOrDefault(FoldedText.skeleton(word), List.of()).stream()
          .map(Phrase::rule)
          .filter(said::admits)
          .findFirst()
          .ifPresent(rules::add);
    }
    boolean allOfOneMeaning =
        rules.stream().map(rule -> rule.row().code("meaning")).distinct().count() == 1;
    if (allOfOneMeaning && rules.size() == bare.size()) {
      found.addAll(rules);
    }
  }

  /** Rows for which the whole message counts, with and without courtesies. */
  private void wholes(Said said, Predicate<Rule> counts, Set<Rule> found) {
    List<String> bare = withoutCourtesies(said);
    for (String key : new TreeSet<>(List.of(skeleton(said.words()), skeleton(bare)))) {
      whole.getOrDefault(key, List.of()).stream()
          .map(Phrase::rule)
          .filter(rule -> counts.test(rule) && said.admits(rule))
          .forEach(found::add);
    }
  }

  private List<String> withoutCourtesies(Said said) {
    var bare = new ArrayList<String>();
    int at = 0;
    while (at < said.words().size()) {
      int length = courtesyAt(said, at);
      String word = said.words().get(at);
      // A number beside a keyword is the one of a menu.
      if (length == 0 && !word.chars().allMatch(Character::isDigit)) {
        bare.add(word);
      }
      at += Math.max(1, length);
    }
    return bare;
  }

  private int courtesyAt(Said said, int at) {
    int longest = 0;
    for (Phrase courtesy : courtesies) {
      if (courtesy.words().size() > longest
          && courtesy.isAt(said.words(), at)
          && said.admits(courtesy.rule())) {
        longest = courtesy.words().size();
      }
    }
    return longest;
  }

  private Reading reading(TypedRow row) {
    return new Reading(
        row.code("meaning").orElse("unclear"), row.isYes("review"), table.reference(row), row.id());
  }
}
