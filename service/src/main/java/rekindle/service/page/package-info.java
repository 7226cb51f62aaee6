/** Pages for people who have no key, made on the server and whole without a script. */
@NullMarked
package rekindle.service.page;

import org.jspecify.annotations.NullMarked;
