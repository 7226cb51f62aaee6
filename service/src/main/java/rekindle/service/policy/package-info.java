/** How a policy comes to decide: drafts, approval by a second person, switches, pilots, shadows. */
@NullMarked
package rekindle.service.policy;

import org.jspecify.annotations.NullMarked;
