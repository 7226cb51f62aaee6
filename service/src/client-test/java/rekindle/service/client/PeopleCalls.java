package rekindle.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import rekindle.client.api.EventsApi;
import rekindle.client.api.PeopleApi;
import rekindle.client.model.ErasureOrder;
import rekindle.client.model.Event;
import rekindle.client.model.EventResult;
import rekindle.client.model.EventsTaken;
import rekindle.client.model.FactsChannelOrNull;
import rekindle.client.model.IdentityChange;
import rekindle.client.model.IdentityChangeOrder;
import rekindle.client.model.ReplyReviewOrder;
import rekindle.client.model.UndoOrder;

/** What people say and may ask for, through the client, about contacts that are there. */
final class PeopleCalls {
  private final EventsApi events;
  private final PeopleApi people;

  PeopleCalls(EventsApi events, PeopleApi people) {
    this.events = events;
    this.people = people;
  }

  /**
   * @param token of a link
   */
  void all(String token) throws Exception {
    EventsTaken taken =
        events.takeEvents(
            List.of(
                new Event()
                    .id("generated")
                    .kind(Event.KindEnum.REPLY)
                    .contactId("generated-2")
                    .channel(FactsChannelOrNull.SMS)
                    .text("can you stop")),
            null);
    assertThat(taken.getEvents().get(0).getResult()).isEqualTo(EventResult.APPLIED);
    assertThat(people.reportRevocations(null, null).getReceived()).isPositive();
    people.reviewReply(
        people.listRepliesToReview().getReplies().get(0).getId(),
        new ReplyReviewOrder().outcome(ReplyReviewOrder.OutcomeEnum.STANDS),
        null);
    assertThat(Files.readString(people.showPreferences(token).toPath())).contains("<form");
    people.actOnPreferences(token, null, "all", null, null);
    IdentityChange merged =
        people.mergePersons(
            new IdentityChangeOrder().contacts(List.of("generated-1", "generated-2")).reason("one"),
            null);
    assertThat(people.getIdentityChange(merged.getId()).getUndone()).isFalse();
    people.undoIdentityChange(
        people
            .splitPerson(
                new IdentityChangeOrder().contacts(List.of("generated-2")).reason("two"), null)
            .getId(),
        new UndoOrder().reason("one again"),
        null);
    String person = String.valueOf(merged.getPersons().get("generated-1"));
    assertThat(people.getPerson(person).getContacts()).hasSize(2);
    assertThat(people.exportPerson(person).getReplies()).hasSize(1);
    people.erasePerson(
        person, new ErasureOrder().basis(ErasureOrder.BasisEnum.REQUEST), null);
  }
}
