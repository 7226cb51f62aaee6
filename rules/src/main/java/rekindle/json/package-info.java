/** JSON in and out: strict reading with every problem at once, and one canonical form. */
@NullMarked
package rekindle.json;

import org.jspecify.annotations.NullMarked;
