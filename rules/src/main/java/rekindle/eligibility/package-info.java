/** Which channels may be used, and every reason why another may not. */
@NullMarked
package rekindle.eligibility;

import org.jspecify.annotations.NullMarked;
