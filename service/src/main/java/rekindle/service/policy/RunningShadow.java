package rekindle.service.policy;

import java.util.UUID;

/** A release that decides beside the active one without effect. */
public record RunningShadow(UUID id, String release) {}
