/** Reading the configuration: everything that is wrong with it at once. */
@NullMarked
package rekindle.service.configuration;

import org.jspecify.annotations.NullMarked;
