package rekindle.service.message;

import com.github.mustachejava.Mustache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A template, taken apart before it is filled, so that no value can change what is a paragraph and
 * what is a link. Its first lines may be {@code Subject: …}, {@code Action: label | field of the
 * link} and {@code Otherwise: …}, what stands there where no such link is known; then come
 * paragraphs, parted by empty lines.
 *
 * @param actions one, or two ways to do the same
 */
record MessageSource(
    @Nullable Mustache subject,
    List<Action> actions,
    @Nullable Mustache otherwise,
    List<Mustache> paragraphs) {
  MessageSource {
    actions = List.copyOf(actions);
    paragraphs = List.copyOf(paragraphs);
  }

  record Action(Mustache label, MergeField link) {}

  /**
   * @param compile makes a template of a piece of text
   * @throws IllegalArgumentException if a line is not as it should be
   */
  static MessageSource parse(String source, Function<String, Mustache> compile) {
    Mustache subject = null;
    Mustache otherwise = null;
    var actions = new ArrayList<Action>();
    var paragraphs = new ArrayList<Mustache>();
    for (String block : source.strip().split("\\R\\s*\\R", -1)) {
      var lines = new ArrayList<String>();
      for (String line : block.lines().toList()) {
        if (line.startsWith("Subject: ")) {
          subject = compile.apply(line.substring("Subject: ".length()).strip());
        } else if (line.startsWith("Action: ")) {
          actions.add(action(line.substring("Action: ".length()), compile));
        } else if (line.startsWith("Otherwise: ")) {
          otherwise = compile.apply(line.substring("Otherwise: ".length()).strip());
        } else {
          lines.add(line.strip());
        }
      }
      if (!lines.isEmpty()) {
        paragraphs.add(compile.apply(String.join(" ", lines)));
      }
    }
    return new MessageSource(subject, actions, otherwise, paragraphs);
  }

  private static Action action(String text, Function<String, Mustache> compile) {
    String[] parts = text.split("\\|", 2);
    MergeField link =
        MergeField.of(parts[parts.length - 1].strip())
            .filter(MergeField::isLink)
            .orElseThrow(
                () -> new IllegalArgumentException("An action needs a label | link: " + text));
    return new Action(compile.apply(parts[0].strip()), link);
  }
}
