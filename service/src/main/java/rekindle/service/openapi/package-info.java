/** The description of the API: written by hand, completed by what holds for every operation. */
@NullMarked
package rekindle.service.openapi;

import org.jspecify.annotations.NullMarked;
