/** What tests of several packages build on. */
@NullMarked
package rekindle.testing;

import org.jspecify.annotations.NullMarked;
