package rekindle.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes constraints of cells that are compared together: the ground of a consent with its age, the
 * window of a cap with its count. Pure; literals come from {@link DrlLiteral}, never from a cell's
 * text.
 */
@FunctionalInterface
public interface RowConstraint {
  /**
   * Constraints in DRL on the stage input.
   *
   * @param channel the channel for which the row is compiled, null where the table has none
   */
  List<String> of(TypedRow row, @Nullable String channel);
}
