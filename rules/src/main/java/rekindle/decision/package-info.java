/** The answer: what, if anything, should be done with a person at an instant, and why. */
@NullMarked
package rekindle.decision;

import org.jspecify.annotations.NullMarked;
