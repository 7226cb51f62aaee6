/**
 * Spreadsheet decision tables as typed data: defined, read, checked, compared, written. No Drools
 * here.
 */
@NullMarked
package rekindle.table;

import org.jspecify.annotations.NullMarked;
