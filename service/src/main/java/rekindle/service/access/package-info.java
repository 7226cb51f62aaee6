/** Who may call what, and how often. */
@NullMarked
package rekindle.service.access;

import org.jspecify.annotations.NullMarked;
