/** Proofs of whole decisions on the shipped release. */
@NullMarked
package rekindle.engine;

import org.jspecify.annotations.NullMarked;
