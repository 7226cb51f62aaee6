package rekindle.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import rekindle.client.api.ScheduleApi;
import rekindle.client.api.TasksApi;
import rekindle.client.api.TouchesApi;
import rekindle.client.model.AcceptedTouch;
import rekindle.client.model.LeaseOrder;
import rekindle.client.model.LiftOrder;
import rekindle.client.model.Outcome;
import rekindle.client.model.OutcomeCode;
import rekindle.client.model.Outcomes;
import rekindle.client.model.PlatformList;
import rekindle.client.model.StopOrder;
import rekindle.client.model.TaskEnding;
import rekindle.client.model.TouchOutcome;
import rekindle.client.model.TriggerOrder;
import rekindle.service.RunningService;

/** Touches, tasks and the schedule through the client, for a contact for whom a touch is due. */
final class ScheduleCalls {
  private final RunningService service;
  private final TouchesApi touches;
  private final TasksApi tasks;
  private final ScheduleApi schedule;

  ScheduleCalls(RunningService service, TouchesApi touches, TasksApi tasks, ScheduleApi schedule) {
    this.service = service;
    this.touches = touches;
    this.tasks = tasks;
    this.schedule = schedule;
  }

  private static final String CONTACT = "generated-due";

  /** A stalled trial whom an e-mail may reach at any hour. */
  private void contact() throws Exception {
    String longAgo =
        Instant.now().minus(60, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    service.send(
        service
            .request("/v1/contacts/" + CONTACT, service.newKey("operator"))
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],"
                        + "\"email\":\"due@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\","
                        + "\"program\":\"b2b_saas\",\"funnel\":\"trial\",\"lastEngagementAt\":\""
                        + longAgo
                        + "\"}")));
  }

  void all() throws Exception {
    contact();
    service.look();
    var order = new LeaseOrder().channels(List.of(LeaseOrder.ChannelsEnum.EMAIL));
    String touch = touches.leaseTouches(order, null).getTouches().get(0).getTouchId();
    assertThat(touches.confirmTouch(touch, null).getSend()).isTrue();
    touches.tellOutcome(touch, new Outcome().outcome(OutcomeCode.HANDED_OVER), null);
    touches.tellOutcomes(
        new Outcomes()
            .outcomes(
                List.of(new TouchOutcome().touchId(touch).outcome(OutcomeCode.DELIVERED))),
        null);
    assertThat(touches.getTouch(touch).getOutcome()).isEqualTo("delivered");
    touches.tellTrigger(
        new TriggerOrder().kind(TriggerOrder.KindEnum.PROMOTION).topic("price"), null);
    service
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into task (id, kind, contact_id, decision_id, reason)"
                            + " values (gen_random_uuid(), 'follow_up', :contact, gen_random_uuid(), 'booking')")
                    .bind("contact", CONTACT)
                    .execute());
    UUID task = tasks.listTasks(null).getTasks().get(0).getId();
    assertThat(tasks.getTask(task).getReason()).isEqualTo("booking");
    tasks.claimTask(task, null);
    tasks.endTask(task, new TaskEnding().disposition(TaskEnding.DispositionEnum.DONE), null);
    assertThat(schedule.getSchedule().getRunning()).isFalse();
    UUID stop =
        schedule
            .setStop(
                new StopOrder().kind(StopOrder.KindEnum.SEQUENCE).name("stalled").reason("tried"),
                null)
            .getId();
    schedule.liftStop(stop, new LiftOrder().reason("enough"), null);
    assertThat(schedule.listStops().getStops()).isNotEmpty();
    service
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("update next_look set parked_at = now(), parked_reason = 'x'"));
    schedule.releaseParkedPerson(schedule.listParkedPersons().getParked().get(0).getPersonId(), null);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var accepted =
        new AcceptedTouch()
            .touchId("x")
            .acceptedAt(now.minusSeconds(60).atOffset(ZoneOffset.UTC));
    var list =
        new PlatformList()
            .route("pull")
            .client(
                service
                    .jdbi()
                    .withHandle(
                        handle ->
                            handle
                                .createQuery("select min(name) from api_client")
                                .mapTo(String.class)
                                .one()))
            .from(now.minusSeconds(3600).atOffset(ZoneOffset.UTC))
            .to(now.atOffset(ZoneOffset.UTC))
            .accepted(List.of(accepted));
    assertThat(schedule.reconcile(list, null).getTheirsOnly().getCount()).isEqualTo(1);
  }
}
