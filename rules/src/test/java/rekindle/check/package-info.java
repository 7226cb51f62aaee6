@NullMarked
package rekindle.check;

import org.jspecify.annotations.NullMarked;
