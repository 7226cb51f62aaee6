/** A second, naive reading of the documents that decides as the engine should. */
@NullMarked
package rekindle.oracle;

import org.jspecify.annotations.NullMarked;
