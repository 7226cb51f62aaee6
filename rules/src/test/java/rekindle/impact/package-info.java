/** Tests of comparing and counting decisions. */
@NullMarked
package rekindle.impact;

import org.jspecify.annotations.NullMarked;
