package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import rekindle.json.JsonProblems;
import rekindle.json.Rfc3339;
import rekindle.service.event.EventIntake;
import rekindle.service.handoff.Intent;
import rekindle.service.intake.EventDocument;

/** An address that is none is told like any other event, and closes its channel. Thread-safe. */
final class Bounces implements BiConsumer<Handle, Intent> {
  private final EventIntake events;
  private final InstantSource clock;

  Bounces(EventIntake events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void accept(Handle handle, Intent intent) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var event =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", Rfc3339.format(now))
            .put("channel", intent.channel().code())
            .put("contactId", intent.contactId())
            .put("id", intent.touchId())
            .put("kind", "hard_bounce")
            .put("source", intent.platform());
    var problems = new JsonProblems();
    EventDocument document = EventDocument.read(event, "", "scheduler", now, problems);
    problems.throwIfAny();
    events.write(handle, List.of(document));
  }
}
