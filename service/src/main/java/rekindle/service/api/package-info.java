/** The service over HTTP: its operations, and what holds for all of them. */
@NullMarked
package rekindle.service.api;

import org.jspecify.annotations.NullMarked;
