package rekindle.service.intake;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of one kind of file.
 *
 * @param file name of the file, for messages
 * @param required labels that the header row must have
 * @param optional labels that it may have; any other is an error
 */
record CsvShape(String file, Set<String> required, Set<String> optional) {

  /** A shape from lists of labels, each separated by commas. */
  static CsvShape of(String file, String required, String optional) {
    return new CsvShape(file, labels(required), labels(optional));
  }

  /** All labels, required ones first. */
  List<String> all() {
    var all = new LinkedHashSet<>(required);
    all.addAll(optional);
    return List.copyOf(all);
  }

  private static Set<String> labels(String list) {
    var labels = new LinkedHashSet<String>();
    Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .forEach(labels::add);
    return labels;
  }
}
