/** Local time: frozen zone transitions, ages in months, hours and holidays. */
@NullMarked
package rekindle.calendar;

import org.jspecify.annotations.NullMarked;
