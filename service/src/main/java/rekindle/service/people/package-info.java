/** Persons as a whole: who they are, what is known of them, and how they are forgotten. */
@NullMarked
package rekindle.service.people;

import org.jspecify.annotations.NullMarked;
