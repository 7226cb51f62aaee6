package rekindle.service.message;

import java.time.Instant;
import java.util.List;
import rekindle.eligibility.RequiredElements.Required;
import rekindle.facts.Channel;

/** What the tables in force demand of a message. */
public interface Demands {
  /**
   * Every demand, in the order of rows.
   *
   * @param jurisdictions every candidate; empty where none is known
   */
  List<Required> of(Channel channel, List<String> jurisdictions, Instant at);
}
