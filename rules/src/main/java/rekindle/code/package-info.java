/** Codes that facts and tables share: vocabularies, places, time zones, currencies. */
@NullMarked
package rekindle.code;

import org.jspecify.annotations.NullMarked;
