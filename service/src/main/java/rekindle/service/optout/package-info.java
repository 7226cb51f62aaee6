/**
 * Noes: what they end, by when the law wants them obeyed, and the page on which people say them.
 */
@NullMarked
package rekindle.service.optout;

import org.jspecify.annotations.NullMarked;
