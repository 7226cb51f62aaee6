/** The incentive of an offer step, or why none. */
@NullMarked
package rekindle.incentive;

import org.jspecify.annotations.NullMarked;
