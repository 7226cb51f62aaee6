/**
 * What can be said of a table's rows without deciding for anybody: gaps, rows that never decide.
 */
@NullMarked
package rekindle.check;

import org.jspecify.annotations.NullMarked;
