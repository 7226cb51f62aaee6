/** The main job on the sample that comes with the jar. */
@NullMarked
package rekindle.service.demo;

import org.jspecify.annotations.NullMarked;
