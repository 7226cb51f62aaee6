package rekindle.service.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import rekindle.decision.Decision.Verdict;

/**
 * Counts decisions as they were answered: by segment and verdict, by sequence, and the reasons why
 * channels are closed.
 */
public final class Summary {
  private static final int REASONS_SHOWN = 8;
  private static final String NONE = "none";

  private final Map<String, Map<Verdict, Integer>> bySegment = new TreeMap<>();
  private final Map<String, Integer> bySequence = new TreeMap<>();
  private final Map<String, Integer> byDenial = new TreeMap<>();
  private final Set<Verdict> verdicts = new TreeSet<>();
  private final Map<Verdict, Example> first = new EnumMap<>(Verdict.class);
  private int decisions;

  /** One decision to look at. */
  public record Example(String id, String contactId, String asOf, Verdict verdict) {}

  /** Counts a decision document. */
  void add(JsonNode decision) {
    decisions++;
    Verdict verdict =
        Verdict.valueOf(decision.path("verdict").textValue().toUpperCase(Locale.ROOT));
    bySegment
        .computeIfAbsent(segment(decision), s -> new EnumMap<>(Verdict.class))
        .merge(verdict, 1, Integer::sum);
    verdicts.add(verdict);
    if (decision.has("touch")) {
      bySequence.merge(decision.path("touch").path("sequence").textValue(), 1, Integer::sum);
    }
    for (JsonNode channel : decision.path("channels")) {
      StreamSupport.stream(channel.path("denials").spliterator(), false)
          .map(denial -> denial.path("code").textValue())
          .distinct()
          .forEach(code -> byDenial.merge(code, 1, Integer::sum));
    }
    first.putIfAbsent(
        verdict,
        new Example(
            decision.path("id").asText(),
            decision.path("contactId").asText(),
            decision.path("asOf").asText(),
            verdict));
  }

  private static String segment(JsonNode decision) {
    JsonNode segment = decision.path("segment");
    return segment.isTextual() ? segment.textValue() : NONE;
  }

  int decisions() {
    return decisions;
  }

  /** One decision each for a touch, a wait and a suppression, as far as there are some. */
  List<Example> examples() {
    var examples = new ArrayList<Example>();
    for (Verdict verdict : List.of(Verdict.TOUCH, Verdict.WAIT, Verdict.SUPPRESS)) {
      Example example = first.get(verdict);
      if (example != null) {
        examples.add(example);
      }
    }
    return examples;
  }

  /** What the sample must show and does not: verdicts, segments, sequences. */
  List<String> missing(Set<String> segments, Set<String> sequences) {
    var missing = new ArrayList<String>();
    for (Verdict verdict : Verdict.values()) {
      if (!verdicts.contains(verdict)) {
        missing.add("verdict " + verdict.code());
      }
    }
    segments.stream()
        .filter(segment -> !bySegment.containsKey(segment))
        .forEach(s -> missing.add("segment " + s));
    sequences.stream()
        .filter(sequence -> !bySequence.containsKey(sequence))
        .forEach(s -> missing.add("sequence " + s));
    return missing;
  }

  /** The summary as text. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("Decisions by segment and verdict");
    var header = new StringBuilder(String.format(Locale.ROOT, "  %-15s", ""));
    for (Verdict verdict : Verdict.values()) {
      header.append(String.format(Locale.ROOT, "%13s", verdict.code()));
    }
    lines.add(header.toString());
    bySegment.forEach(
        (segment, counts) -> {
          var line = new StringBuilder(String.format(Locale.ROOT, "  %-15s", segment));
          for (Verdict verdict : Verdict.values()) {
            line.append(String.format(Locale.ROOT, "%13s", counts.getOrDefault(verdict, 0)));
          }
          lines.add(line.toString());
        });
    lines.add("");
    lines.add("Sequences that a touch was planned of");
    bySequence.forEach(
        (sequence, count) -> lines.add(String.format(Locale.ROOT, "  %-18s%8d", sequence, count)));
    lines.add("");
    lines.add("Why channels are closed, most often first");
    mostFrequent()
        .forEach((code, count) -> lines.add(String.format(Locale.ROOT, "  %-24s%8d", code, count)));
    return lines;
  }

  private Map<String, Integer> mostFrequent() {
    var sorted = new LinkedHashMap<String, Integer>();
    byDenial.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(REASONS_SHOWN)
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
