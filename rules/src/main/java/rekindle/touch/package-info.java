/** Sequences, journeys, steps: which touch would be next, and when it is due. */
@NullMarked
package rekindle.touch;

import org.jspecify.annotations.NullMarked;
