package rekindle.service.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.client.ApiClient;
import rekindle.client.ApiException;
import rekindle.client.api.ClientsApi;
import rekindle.client.api.ContactsApi;
import rekindle.client.api.DecisionsApi;
import rekindle.client.api.EventsApi;
import rekindle.client.api.ImpactApi;
import rekindle.client.api.ImportsApi;
import rekindle.client.api.MessagesApi;
import rekindle.client.api.PeopleApi;
import rekindle.client.api.PlanApi;
import rekindle.client.api.PoliciesApi;
import rekindle.client.api.ScheduleApi;
import rekindle.client.api.ServiceApi;
import rekindle.client.api.TasksApi;
import rekindle.client.api.TouchesApi;
import rekindle.client.model.AssumedResponse;
import rekindle.client.model.ContactCalendar;
import rekindle.client.model.ContactConsent;
import rekindle.client.model.ContactDocument;
import rekindle.client.model.ContactTold;
import rekindle.client.model.Decision;
import rekindle.client.model.DecisionRequest;
import rekindle.client.model.Facts;
import rekindle.client.model.FactsChannel;
import rekindle.client.model.FactsContact;
import rekindle.client.model.FactsLifecycle;
import rekindle.client.model.FactsReach;
import rekindle.client.model.FileType;
import rekindle.client.model.Holder;
import rekindle.client.model.ImportJob;
import rekindle.client.model.IssuedKey;
import rekindle.client.model.NewClient;
import rekindle.client.model.Role;
import rekindle.client.model.Roles;
import rekindle.client.model.SimulationRequest;
import rekindle.client.model.Whereabouts;
import rekindle.service.RunningService;
import rekindle.service.openapi.Contract;
import rekindle.service.openapi.OpenApiDocument;

/** Who generates a client from the document can use all of the service with it. */
class GeneratedClientTest {
  @RegisterExtension static final RunningService SERVICE = RunningService.ofItsOwn(configuration -> {});

  private final List<HttpRequest> sent = new ArrayList<>();

  private ApiClient client(String key) {
    var client = new ApiClient();
    client.updateBaseUri(SERVICE.uri().toString());
    client.setRequestInterceptor(
        request -> {
          request.header("Authorization", "Bearer " + key);
          sent.add(request.build());
        });
    return client;
  }

  @Test
  void operations_all_succeedThroughTheClient() throws Exception {
    contacts(new ContactsApi(client(SERVICE.newKey("operator"))));
    imports(new ImportsApi(client(SERVICE.newKey("operator"))));
    decisions(new DecisionsApi(client(SERVICE.newKey("sender"))));
    calendars(new PlanApi(client(SERVICE.newKey("operator"))));
    clients(new ClientsApi(client(RunningService.ADMIN_KEY)));
    MessageCalls.all(new MessagesApi(client(SERVICE.newKey("operator"))));
    new PeopleCalls(
            new EventsApi(client(SERVICE.newKey("operator"))),
            new PeopleApi(client(SERVICE.newKey("operator", "admin"))))
        .all(SERVICE.token("generated-1", "email"));
    new ScheduleCalls(
            SERVICE,
            new TouchesApi(client(SERVICE.newKey("sender", "operator"))),
            new TasksApi(client(SERVICE.newKey("operator"))),
            new ScheduleApi(client(SERVICE.newKey("operator"))))
        .all();
    new PolicyCalls(
            new PoliciesApi(client(SERVICE.newKey("author"))),
            new PoliciesApi(client(SERVICE.newKey("approver"))),
            new ImpactApi(client(SERVICE.newKey("approver"))))
        .all();
    service(new ServiceApi(client("")));
    var contract = new Contract(OpenApiDocument.read());
    Set<String> called = new TreeSet<>();
    for (HttpRequest request : sent) {
      contract
          .operation(request.method(), request.uri().getPath())
          .ifPresent(operation -> called.add(operation.name()));
    }
    assertThat(called).isEqualTo(new TreeSet<>(contract.operations().keySet()));
  }

  private static void calendars(PlanApi api) throws Exception {
    var facts =
        new Facts()
            .contact(
                new FactsContact()
                    .id("generated-6")
                    .addJurisdictionsItem("US-NY")
                    .addTimeZonesItem("America/New_York")
                    .lastEngagementAt(OffsetDateTime.parse("2025-12-20T14:00:00Z")))
            .reach(new FactsReach().email(FactsReach.EmailEnum.VALID))
            .lifecycle(new FactsLifecycle().funnel(FactsLifecycle.FunnelEnum.TRIAL));
    var click =
        new AssumedResponse()
            .sequence("standard_five")
            .step(1)
            .kind(AssumedResponse.KindEnum.CLICK);
    ContactCalendar calendar =
        api.simulate(
            new SimulationRequest()
                .facts(facts)
                .asOf(OffsetDateTime.parse("2026-03-10T15:00:00Z"))
                .days(30)
                .responses(List.of(click)));
    assertThat(calendar.getEntries()).hasSizeGreaterThan(2);
    assertThat(calendar.getEntries().get(1).getResponse().getAssumed()).isTrue();
    assertThat(api.getCalendar("generated-1", 7).getDays()).isEqualTo(7);
  }

  private static void contacts(ContactsApi api) throws Exception {
    var consent =
        new ContactConsent()
            .channel(FactsChannel.EMAIL)
            .basis(ContactConsent.BasisEnum.EXPRESS)
            .capturedAt("2025-05-07");
    var document =
        new ContactDocument()
            .email("generated.1@example.com")
            .country("US")
            .addTagsItem("price")
            .addConsentsItem(consent);
    String once = UUID.randomUUID().toString();
    assertThat(api.putContact("generated-1", document, once).getResult())
        .isEqualTo(ContactTold.ResultEnum.CREATED);
    assertThat(api.putContact("generated-1", document, once).getResult())
        .isEqualTo(ContactTold.ResultEnum.CREATED);
    assertThat(api.getContact("generated-1").getConsents()).hasSize(1);
    File answers = api.putContacts("{\"id\":\"generated-2\"}\n{\"id\":\"generated-3\"}\n");
    assertThat(Files.readAllLines(answers.toPath())).hasSize(2);
  }

  private static void imports(ImportsApi api) throws Exception {
    ImportJob job =
        api.importFile(
            FileType.CONTACTS,
            "id,country\ngenerated-4,UK\n",
            null,
            "generated.csv",
            null,
            null,
            null);
    assertThat(
            api.previewImport(FileType.CONTACTS, "Nr\n1\n", List.of("Nr:id"), null).getColumns())
        .containsExactly("id");
    assertThat(job.getState()).isEqualTo(ImportJob.StateEnum.DONE);
    assertThat(api.listImports().getImports()).contains(job);
    assertThat(api.getImport(job.getId())).isEqualTo(job);
    assertThat(lines(api.listImportErrors(job.getId()))).hasSize(2);
  }

  private static void decisions(DecisionsApi api) throws Exception {
    var facts =
        new Facts()
            .contact(new FactsContact().id("generated-5").addJurisdictionsItem("US-FL"))
            .reach(new FactsReach().email(FactsReach.EmailEnum.VALID));
    OffsetDateTime asOf = OffsetDateTime.parse("2026-03-10T15:00:00Z");
    Decision whatIf = api.decide(new DecisionRequest().facts(facts).asOf(asOf), null);
    assertThat(whatIf.getAsOf()).isEqualTo(asOf);
    assertThat(whatIf.getChannels().getSms().getDenials()).isNotEmpty();
    Decision kept = api.decide(new DecisionRequest().contactId("generated-1"), null);
    UUID id = UUID.fromString(kept.getId());
    assertThat(api.getDecision(id)).isEqualTo(kept);
    assertThat(api.explainDecision(id)).isNotBlank();
    assertThat(api.replayDecision(id).getEqual()).isTrue();
    assertThat(api.getNextBestTouch("generated-1", false).getId()).isNull();
    File answers =
        api.decideBatch("{\"contactId\":\"generated-1\"}\n{\"contactId\":\"none\"}\n", null, true);
    assertThat(lines(answers)).hasSize(2);
    assertThat(api.resolve(new Whereabouts().country("DE")).getJurisdictions())
        .containsExactly("DE");
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> api.decide(new DecisionRequest().contactId("none"), null));
    assertThat(refused.getCode()).isEqualTo(404);
  }

  private static void clients(ClientsApi api) throws Exception {
    var created = new NewClient().name("generated").addRolesItem(Role.SENDER);
    assertThat(api.createClient(created, null).getKeys()).isEmpty();
    assertThat(api.listClients().getClients()).extracting("name").contains("generated");
    assertThat(
            api.changeRoles("generated", new Roles().addRolesItem(Role.AUDITOR), null).getRoles())
        .containsExactly(Role.AUDITOR);
    assertThat(api.changePerson("generated", new Holder().person("s-017"), null).getPerson())
        .isEqualTo("s-017");
    IssuedKey key = api.issueKey("generated", null);
    assertThat(key.getKey()).startsWith("rk_" + key.getId());
    assertThat(api.disableClient("generated", null).getDisabledAt()).isNotNull();
    assertThat(api.enableClient("generated", null).getDisabledAt()).isNull();
    api.revokeKey("generated", key.getId(), null);
    assertThat(api.getClient("generated").getKeys().get(0).getRevokedAt()).isNotNull();
  }

  private static void service(ServiceApi api) throws Exception {
    assertThat(api.isAlive()).isEqualTo("alive\n");
    assertThat(api.isReady()).isEqualTo("ready\n");
    assertThat(api.explainProblem("forbidden")).contains("403");
    assertThat(api.describeApi()).isNotNull();
  }

  private static List<String> lines(File file) throws IOException {
    return Files.readAllLines(file.toPath());
  }
}
