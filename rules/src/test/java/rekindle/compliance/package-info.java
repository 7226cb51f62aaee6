/**
 * The law of contact as plain Java, written from the compliance facts and the contract alone, and
 * held against what the engine makes of the shipped rows. Nothing here reads a row or shares code
 * with the engine.
 */
@NullMarked
package rekindle.compliance;

import org.jspecify.annotations.NullMarked;
