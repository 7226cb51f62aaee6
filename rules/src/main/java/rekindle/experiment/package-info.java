/** Control groups: who is held out, by a draw that anybody can repeat. */
@NullMarked
package rekindle.experiment;

import org.jspecify.annotations.NullMarked;
