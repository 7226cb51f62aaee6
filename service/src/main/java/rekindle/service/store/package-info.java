/** The tables: contacts and persons, facts, releases, decisions. */
@NullMarked
package rekindle.service.store;

import org.jspecify.annotations.NullMarked;
