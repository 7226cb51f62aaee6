/** What is wrong with a request, in the one form that callers get (RFC 9457). */
@NullMarked
package rekindle.service.problem;

import org.jspecify.annotations.NullMarked;
