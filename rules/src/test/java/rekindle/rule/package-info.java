/** Tests of the engine, and the plain-Java matcher that they compare it with. */
@NullMarked
package rekindle.rule;

import org.jspecify.annotations.NullMarked;
