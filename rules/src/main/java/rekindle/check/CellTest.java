package rekindle.check;

import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.Condition.Comparison;

/**
 * What one cell asks of one dimension.
 *
 * @param comparison {@code TOGETHER} where only the table's own constraint knows what the cell
 *     means
 * @param factor multiplies the number in the cell before comparing
 */
record CellTest(Column column, Comparison comparison, long factor, Cell cell) {}
