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
  private record Phrase(TypedRow row, List<String> words) {
    boolean isAt(List<String> text, int from) {
      return from + words.size() <= text.size()
          && text.subList(from, from + words.size()).equals(words);
    }

    long order() {
      return ((Cell.Number) row.cell("order")).value().longValueExact();
    }
  }

  private void add(TypedRow row) {
    String match = row.code("match").orElseThrow();
    for (List<String> words : phrases(row.text("words").orElse(""))) {
      var phrase = new Phrase(row, words);
      switch (match) {
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
    var found = new ArrayList<TypedRow>();
    wholes(said, row -> true, found);
    for (String sentence : own.split("[.!?;\\n]+", -1)) {
      wholes(said.of(FoldedText.of(sentence).words()), ReplyReader::isForSentences, found);
    }
    together(said, found);
    for (int i = 0; i < words.size(); i++) {
      for (Phrase phrase : byFirstWord.getOrDefault(words.get(i), List.of())) {
        if (phrase.isAt(words, i) && said.admits(phrase.row())) {
          found.add(phrase.row());
        }
      }
    }
    return found.stream()
        .distinct()
        .filter(row -> !isTakenBack(row, words))
        .min(
            Comparator.comparingLong((TypedRow row) -> new Phrase(row, List.of()).order())
                .thenComparingInt(TypedRow::number))
        .map(this::reading)
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

    boolean admits(TypedRow row) {
      return row.inForceOn(date)
          && (channel == null || row.codes("channel").contains(channel.code()))
          && speaks(row)
          && (!row.code("match").orElse("").equals("short") || words.size() <= SHORT_WORDS_MAX);
    }

    /**
     * A person of a known language may write another one that no table knows, but not by chance.
     */
    private boolean speaks(TypedRow row) {
      List<String> of = row.codes("language");
      return languages.isEmpty() || of.contains(EVERY) || of.stream().anyMatch(languages::contains);
    }
  }

  private static boolean isForSentences(TypedRow row) {
    return row.code("match").orElse("").equals("sentence");
  }

  /** Rows of one meaning whose words make up all of a message, one after the other. */
  private void together(Said said, List<TypedRow> found) {
    List<String> bare = withoutCourtesies(said);
    var rows = new ArrayList<TypedRow>();
    for (String word : bare) {
      whole.getOrDefault(FoldedText.skeleton(word), List.of()).stream()
          .map(Phrase::row)
          .filter(said::admits)
          .findFirst()
          .ifPresent(rows::add);
    }
    boolean allOfOneMeaning = rows.stream().map(row -> row.code("meaning")).distinct().count() == 1;
    if (allOfOneMeaning && rows.size() == bare.size()) {
      found.addAll(rows);
    }
  }

  /** Rows for which the whole message counts, with and without courtesies. */
  private void wholes(Said said, Predicate<TypedRow> counts, List<TypedRow> found) {
    List<String> bare = withoutCourtesies(said);
    for (String key : new TreeSet<>(List.of(skeleton(said.words()), skeleton(bare)))) {
      whole.getOrDefault(key, List.of()).stream()
          .map(Phrase::row)
          .filter(row -> counts.test(row) && said.admits(row))
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
          && said.admits(courtesy.row())) {
        longest = courtesy.words().size();
      }
    }
    return longest;
  }

  private static boolean isTakenBack(TypedRow row, List<String> words) {
    for (List<String> unless : phrases(row.text("unless").orElse(ReplyTables.NONE))) {
      var phrase = new Phrase(row, unless);
      for (int i = 0; i < words.size(); i++) {
        if (phrase.isAt(words, i)) {
          return true;
        }
      }
    }
    return false;
  }

  private Reading reading(TypedRow row) {
    return new Reading(
        row.code("meaning").orElse("unclear"), row.isYes("review"), table.reference(row), row.id());
  }
}
