/** Digests. */
@NullMarked
package rekindle.service.hash;

import org.jspecify.annotations.NullMarked;
