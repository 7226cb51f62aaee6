package rekindle.service.impact;

import java.time.Instant;

/**
 * What a job compares.
 *
 * @param release that decides again
 * @param against that decided before
 * @param recordedDays how old a recorded decision may be; 0 for none
 * @param sample about how many recorded decisions at most
 * @param population whether all stored contacts are decided too
 * @param client who asks
 * @param asOf the instant for the population, before which recorded decisions lie
 */
public record ImpactOrder(
    String release,
    String against,
    int recordedDays,
    int sample,
    boolean population,
    String client,
    Instant asOf) {}
