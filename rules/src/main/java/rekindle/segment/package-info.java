/** Which segment a person is in; its group, value tier and cohort. */
@NullMarked
package rekindle.segment;

import org.jspecify.annotations.NullMarked;
