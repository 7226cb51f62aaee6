/** What another policy would change: decisions compared, counted and reported. */
@NullMarked
package rekindle.impact;

import org.jspecify.annotations.NullMarked;
