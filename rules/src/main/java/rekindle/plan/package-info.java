/**
 * What is to be expected of a person: the rules walked forward in time, each touch assumed to be
 * delivered, into a calendar that a person can read and check.
 */
@NullMarked
package rekindle.plan;

import org.jspecify.annotations.NullMarked;
