/** Events about contacts: what they said and did elsewhere, taken in as they come. */
@NullMarked
package rekindle.service.event;

import org.jspecify.annotations.NullMarked;
