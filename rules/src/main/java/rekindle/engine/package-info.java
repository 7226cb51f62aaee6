/** The way of a decision, stage by stage, from top to bottom. */
@NullMarked
package rekindle.engine;

import org.jspecify.annotations.NullMarked;
