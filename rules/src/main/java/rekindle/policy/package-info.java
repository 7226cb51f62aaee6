/**
 * The policy as data: an immutable set of tables, calendars and zone data, named by its SHA-256.
 */
@NullMarked
package rekindle.policy;

import org.jspecify.annotations.NullMarked;
