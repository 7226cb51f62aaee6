package rekindle.impact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All changes of one kind: how many decisions have any, and a line for each. Confined to one
 * thread.
 */
final class Section {
  /** Lines beyond are counted together. */
  static final int LINES_MAX = 500;

  /** How many decisions have a change of the kind. */
  long decisions;

  /** Changes of lines that are not kept. */
  long others;

  /** Lines known not to be kept, at least. */
  long otherLines;

  private final KeptByHash<Change, Line> lines =
      new KeptByHash<>(
          LINES_MAX,
          Change.ORDER,
          line -> {
            others += line.count;
            otherLines++;
          });

  /** How often a change occurs, and for whom. */
  static final class Line {
    static final int EXAMPLES_MAX = 5;

    long count;
    private final List<Example> examples = new ArrayList<>(EXAMPLES_MAX + 1);

    /** Keeps the first of all examples in their order, one for each contact. */
    void add(Example example) {
      int place = 0;
      for (Example there : examples) {
        if (there.contactId().equals(example.contactId())) {
          if (Example.ORDER.compare(example, there) < 0) {
            examples.set(place, example);
          }
          return;
        }
        place++;
      }
      place = 0;
      while (place < examples.size() && Example.ORDER.compare(examples.get(place), example) < 0) {
        place++;
      }
      if (place < EXAMPLES_MAX) {
        examples.add(place, example);
        if (examples.size() > EXAMPLES_MAX) {
          examples.remove(EXAMPLES_MAX);
        }
      }
    }

    List<Example> examples() {
      return List.copyOf(examples);
    }
  }

  void add(Change change, Impact.Case about, List<Source> before, List<Source> after) {
    Line line = lines.get(change, Line::new);
    if (line == null) {
      others++;
    } else {
      line.count++;
      line.add(Example.of(change, about, before, after));
    }
  }

  void merge(Section more) {
    decisions += more.decisions;
    others += more.others;
    otherLines = Math.max(otherLines, more.otherLines);
    more.lines.kept().forEach(this::merge);
  }

  void merge(Change change, Line more) {
    Line line = lines.get(change, Line::new);
    if (line == null) {
      others += more.count;
    } else {
      line.count += more.count;
      more.examples.forEach(line::add);
    }
  }

  /** The most frequent first. */
  List<Map.Entry<Change, Line>> lines() {
    return lines.kept().entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Change, Line>>comparingLong(entry -> -entry.getValue().count)
                .thenComparing(Map.Entry::getKey, Change.ORDER))
        .toList();
  }
}
