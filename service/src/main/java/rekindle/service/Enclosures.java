package rekindle.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.CanonicalJson;
import rekindle.service.handoff.Intent;
import rekindle.service.handoff.WebhookPlatform;
import rekindle.service.store.Identities;
import rekindle.service.store.TouchAddress;

/** What a platform gets with a touch beside the decision: the address, where it may have it. */
final class Enclosures implements WebhookPlatform.Enclosures {
  private final Jdbi jdbi;
  private final TouchAddress addresses;

  Enclosures(Jdbi jdbi, Identities identities) {
    this.jdbi = jdbi;
    this.addresses = new TouchAddress(identities);
  }

  @Override
  public Map<String, byte[]> of(Intent intent, boolean mayHaveAddress) {
    if (!mayHaveAddress) {
      return Map.of();
    }
    return jdbi
        .withHandle(handle -> addresses.of(handle, List.of(intent.touchId())))
        .values()
        .stream()
        .findFirst()
        .map(to -> Map.of("to", CanonicalJson.of(JsonNodeFactory.instance.textNode(to))))
        .orElse(Map.of());
  }
}
