package rekindle.service.access;

/**
 * An active key of an active client.
 *
 * @param id its public part
 */
record KnownKey(String id, Caller caller) {}
