package rekindle.json;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What a text must be besides short and printable, and what to say of one that is not. */
public interface Check {
  boolean passes(String text);

  /** How the message about a text goes on after the text itself. */
  String objection(String text);

  /** A text of a fixed form. */
  static Check form(Pattern form, String objection) {
    return of(text -> form.matcher(text).matches(), text -> objection);
  }

  static Check of(Predicate<String> passes, UnaryOperator<String> objection) {
    return new Check() {
      @Override
      public boolean passes(String text) {
        return passes.test(text);
      }

      @Override
      public String objection(String text) {
        return objection.apply(text);
      }
    };
  }
}
