/** Turns published files and the standard CSV files into facts, one document a contact. */
@NullMarked
package rekindle.service.intake;

import org.jspecify.annotations.NullMarked;
