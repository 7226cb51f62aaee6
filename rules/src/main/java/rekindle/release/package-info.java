/** An immutable set of tables, calendars and zone data, named by its SHA-256. */
@NullMarked
package rekindle.release;

import org.jspecify.annotations.NullMarked;
