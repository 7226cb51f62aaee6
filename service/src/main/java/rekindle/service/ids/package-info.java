/** Names that the service gives: decisions, events, touches. */
@NullMarked
package rekindle.service.ids;

import org.jspecify.annotations.NullMarked;
