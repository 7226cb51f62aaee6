/**
 * Decide and record: requests, engines by release, the log that decisions are committed to, replay.
 */
@NullMarked
package rekindle.service.decide;

import org.jspecify.annotations.NullMarked;
