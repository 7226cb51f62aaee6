/** What another policy would change: jobs that decide again, and releases that decide beside. */
@NullMarked
package rekindle.service.impact;

import org.jspecify.annotations.NullMarked;
