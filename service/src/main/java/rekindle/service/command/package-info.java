/** The commands of the jar: options in, answers on standard output, exit status 0, 1 or 2. */
@NullMarked
package rekindle.service.command;

import org.jspecify.annotations.NullMarked;
