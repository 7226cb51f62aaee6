/** Commands around the rules; the server follows. */
@NullMarked
package rekindle.service;

import org.jspecify.annotations.NullMarked;
