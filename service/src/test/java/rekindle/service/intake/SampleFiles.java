package rekindle.service.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The standard CSV files while they are being made up, and the dice for it. */
class SampleFiles {
  private static final long SEED = 20260310L;
  private static final Instant AS_OF = Instant.parse("2026-03-10T17:00:00Z");
  private static final String[] NOUNS = {
    "amber", "birch", "cedar", "delta", "ember", "fern", "grove", "harbor", "iris", "juniper",
    "kestrel", "linden", "maple", "north", "olive", "pine", "quartz", "river", "sage", "tulip"
  };

  private final Random random = new Random(SEED);
  private final Map<String, CsvFile> files = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  SampleFiles() {
    for (CsvShape shape : CrmShapes.ALL) {
      files.put(shape.file(), new CsvFile(String.join(",", shape.all())));
    }
  }

  /** Content of each file, by its name. */
  final Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    files.forEach((name, file) -> texts.put(name, file.text()));
    return texts;
  }

  /** Adds a row of alternating columns and cells. */
  void add(String file, String... cells) {
    var row = new LinkedHashMap<String, String>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put(cells[i], cells[i + 1]);
    }
    add(file, row);
  }

  void add(String file, Map<String, String> row) {
    Objects.requireNonNull(files.get(file), file).add(row);
  }

  static String id(Map<String, String> contact) {
    return String.valueOf(contact.get("id"));
  }

  /** The next key of its kind: deal-1, deal-2. */
  String number(String kind) {
    return kind + "-" + numbers.merge(kind, 1, Integer::sum);
  }

  int daysFrom(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String oneOf(String... values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  String noun() {
    return NOUNS[random.nextInt(NOUNS.length)];
  }

  String price(int least, int most) {
    return daysFrom(least, most) + oneOf(".00", ".50", ".00", ".90");
  }

  static String date(int daysAgo) {
    return AS_OF.minus(Duration.ofDays(daysAgo)).toString().substring(0, 10);
  }

  String instant(int daysAgo) {
    return AS_OF
        .minus(Duration.ofDays(daysAgo))
        .minusSeconds(60L * random.nextInt(600))
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
