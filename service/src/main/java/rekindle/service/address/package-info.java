/**
 * E-mail addresses and phone numbers: whether a text can be one, and the one form in which two are
 * compared.
 */
@NullMarked
package rekindle.service.address;

import org.jspecify.annotations.NullMarked;
