/** The ways out: platforms that touches are handed over to, and whom notifications are for. */
@NullMarked
package rekindle.service.handoff;

import org.jspecify.annotations.NullMarked;
