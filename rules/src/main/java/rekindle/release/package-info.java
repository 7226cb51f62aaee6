/** Releases: workbooks read together, checked against one another and against their scenarios. */
@NullMarked
package rekindle.release;

import org.jspecify.annotations.NullMarked;
