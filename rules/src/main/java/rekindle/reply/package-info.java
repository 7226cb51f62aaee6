/** What people write back, and what follows from it. */
@NullMarked
package rekindle.reply;

import org.jspecify.annotations.NullMarked;
