/** What tests of several packages share, and the author's tool that writes the workbooks. */
@NullMarked
package rekindle.testing;

import org.jspecify.annotations.NullMarked;
