/**
 * Rows as compiled rules: planned, compiled by Drools, matched. The one package that knows Drools.
 */
@NullMarked
package rekindle.rule;

import org.jspecify.annotations.NullMarked;
