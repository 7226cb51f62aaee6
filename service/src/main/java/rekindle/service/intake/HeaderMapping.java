package rekindle.service.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of our columns the columns of a file are: by the names that whoever imports gives, by our
 * own, and by those of exports that are recognised from their header row. Immutable.
 *
 * @param names their label to our column, as they were given; {@code -} passes a column over
 * @param preset whose export it is; null to recognise it, {@code none} for nobody's
 */
public record HeaderMapping(Map<String, String> names, @Nullable String preset) {
  /** As the file says, and exports recognised. */
  public static final HeaderMapping USUAL = new HeaderMapping(Map.of(), null);

  /** Our names alone. */
  static final HeaderMapping OWN = new HeaderMapping(Map.of(), "none");

  /** Stands for no column of ours. */
  static final String PASSED_OVER = "-";

  /** Labels of an export that must be there before it is taken for one. */
  private static final int RECOGNISED_BY = 3;

  private static final List<Entry> ENTRIES = entries();

  public HeaderMapping {
    names = Map.copyOf(names);
  }

  /**
   * One column of an export.
   *
   * @param theirs its label in lower case, or how all of its labels begin and {@code *}
   */
  private record Entry(
      String preset, String type, String theirs, String ours, CellRule rule, String argument) {
    boolean isOf(String label) {
      return theirs.endsWith("*")
          ? label.startsWith(theirs.substring(0, theirs.length() - 1))
          : theirs.equals(label);
    }
  }

  /**
   * Where a column of ours is read from.
   *
   * @param theirs label of the file
   */
  record Source(String theirs, CellRule rule, String argument) {}

  /** Whose exports are known. */
  public static Set<String> presets() {
    Set<String> presets = new LinkedHashSet<>();
    ENTRIES.forEach(entry -> presets.add(entry.preset()));
    presets.add("none");
    return presets;
  }

  private static List<Entry> entries() {
    try (InputStream in =
        HeaderMapping.class.getResourceAsStream("/rekindle/service/intake/header-presets.tsv")) {
      if (in == null) {
        throw new IllegalStateException("The jar holds no header-presets.tsv; build it again.");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(HeaderMapping::entry)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Entry entry(String[] cells) {
    String[] rule = cells[4].split(" ", 2);
    return new Entry(
        cells[0],
        cells[1],
        lower(cells[2]),
        cells[3],
        CellRule.of(rule[0]),
        rule.length == 2 ? rule[1] : "");
  }

  private static String lower(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Whose export a header row is of: the one that was named, else the one that knows most of its
   * labels, and more of them than we do; null if nobody's.
   */
  @Nullable String recognised(CsvShape shape, List<String> labels) {
    if (preset != null) {
      return preset.equals("none") ? null : preset;
    }
    long own = labels.stream().filter(label -> shape.all().contains(lower(label))).count();
    String best = null;
    long most = Math.max(own, RECOGNISED_BY - 1L);
    for (String candidate : presets()) {
      long known = labels.stream().filter(label -> !of(candidate, shape, label).isEmpty()).count();
      if (known > most) {
        best = candidate;
        most = known;
      }
    }
    return best;
  }

  private static List<Entry> of(String preset, CsvShape shape, String label) {
    String lower = lower(label);
    var entries = new ArrayList<Entry>();
    for (Entry entry : ENTRIES) {
      if (entry.preset().equals(preset)
          && shape.file().equals(entry.type() + ".csv")
          && entry.isOf(lower)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /**
   * The columns of ours that a label stands for.
   *
   * @param recognised as {@link #recognised}
   * @return null if nobody knows the label; without a column if it is passed over
   */
  @Nullable Map<String, Source> columns(CsvShape shape, @Nullable String recognised, String label) {
    String named = named(label);
    if (named != null) {
      return single(label, named);
    }
    if (recognised != null) {
      List<Entry> entries = of(recognised, shape, label);
      if (!entries.isEmpty()) {
        Map<String, Source> columns = new LinkedHashMap<>();
        entries.stream()
            .filter(entry -> !entry.ours().equals(PASSED_OVER))
            .forEach(
                entry ->
                    columns.put(entry.ours(), new Source(label, entry.rule(), entry.argument())));
        return columns;
      }
    }
    String own = shape.all().contains(label.strip()) ? label.strip() : lower(label);
    return shape.all().contains(own) ? single(label, own) : null;
  }

  private @Nullable String named(String label) {
    return names.entrySet().stream()
        .filter(entry -> lower(entry.getKey()).equals(lower(label)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, Source> single(String label, String ours) {
    return ours.equals(PASSED_OVER) ? Map.of() : Map.of(ours, new Source(label, CellRule.COPY, ""));
  }
}
