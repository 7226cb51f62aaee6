/** Tests of the engine, and the plain-Java matcher that they compare it with. */
@NullMarked
package rekindle.engine;

import org.jspecify.annotations.NullMarked;
