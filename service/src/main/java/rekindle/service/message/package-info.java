/**
 * What people read: templates filled with merge fields, checked before they leave, and handed to a
 * mail server.
 */
@NullMarked
package rekindle.service.message;

import org.jspecify.annotations.NullMarked;
