/** Stages over compiled rules; the one package, with its compiler, that knows Drools. */
@NullMarked
package rekindle.engine;

import org.jspecify.annotations.NullMarked;
