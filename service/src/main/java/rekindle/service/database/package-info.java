/** PostgreSQL, embedded or by URL: starting, migrating, saving and restoring it. */
@NullMarked
package rekindle.service.database;

import org.jspecify.annotations.NullMarked;
