package rekindle.table;

import org.jspecify.annotations.Nullable;

/**
 * What reading one cell gave: a typed value, or what is wrong with it.
 *
 * @param cell null where there is a fault
 * @param code finding code of the fault; null where there is none
 * @param message what was found, what is allowed, what to write; null where there is no fault
 */
record Reading(@Nullable Cell cell, @Nullable String code, @Nullable String message) {
  static Reading of(Cell cell) {
    return new Reading(cell, null, null);
  }

  static Reading fault(String code, String message) {
    return new Reading(null, code, message);
  }
}
