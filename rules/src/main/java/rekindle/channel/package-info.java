/** The channel for a step among those allowed. */
@NullMarked
package rekindle.channel;

import org.jspecify.annotations.NullMarked;
