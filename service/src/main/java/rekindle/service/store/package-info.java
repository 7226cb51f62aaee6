/**
 * The tables of contacts, persons and their ledgers: addresses under keys, rows written in batches
 * within the caller's transaction, and the facts of people read in one statement. SQL knows no
 * address: those are held encrypted and found by keyed hash.
 *
 * <p>Locks are taken in the same order everywhere, so that writers rarely meet: addresses, then
 * contacts, then persons by id. Several batches in one transaction can still deadlock; every write
 * may be repeated without harm, so the caller runs such a transaction again.
 */
@NullMarked
package rekindle.service.store;

import org.jspecify.annotations.NullMarked;
