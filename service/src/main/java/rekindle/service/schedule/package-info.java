/** Who is looked at when, and what becomes of the decisions: reserved, handed over, told. */
@NullMarked
package rekindle.service.schedule;

import org.jspecify.annotations.NullMarked;
