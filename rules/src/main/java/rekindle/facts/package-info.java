/**
 * What is known about one person and contact: all that a decision may depend on, besides the
 * release and the clock.
 */
@NullMarked
package rekindle.facts;

import org.jspecify.annotations.NullMarked;
