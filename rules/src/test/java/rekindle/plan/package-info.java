/** Tests of the walk on the shipped tables. */
@NullMarked
package rekindle.plan;

import org.jspecify.annotations.NullMarked;
