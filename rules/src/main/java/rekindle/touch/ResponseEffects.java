package rekindle.touch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import rekindle.facts.ContactFacts.Response;
import rekindle.rule.Hit;

/**
 * What a person's responses do to a journey, each with the row of Exits that says so.
 *
 * @param followUps responses that put a person in charge
 * @param engaging responses that end an open journey; those that put a person in charge are among
 *     them
 */
public record ResponseEffects(Map<Response, Hit> followUps, Map<Response, Hit> engaging) {
  public ResponseEffects {
    followUps = Collections.unmodifiableMap(new LinkedHashMap<>(followUps));
    engaging = Collections.unmodifiableMap(new LinkedHashMap<>(engaging));
  }
}
