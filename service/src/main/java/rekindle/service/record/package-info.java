/**
 * Records of the system of record, wherever they come from, and the facts that they tell of a
 * person.
 */
@NullMarked
package rekindle.service.record;

import org.jspecify.annotations.NullMarked;
