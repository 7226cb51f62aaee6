/** The HTTP interface: resources, and how problems, limits and names go over the wire. */
@NullMarked
package rekindle.service.api;

import org.jspecify.annotations.NullMarked;
