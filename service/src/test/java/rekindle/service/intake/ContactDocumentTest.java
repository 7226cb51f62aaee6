package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.json.InvalidJson;
import rekindle.json.JsonProblem;
import rekindle.service.record.ContactRecord;

class ContactDocumentTest {
  @Test
  void document_withEveryField_isTheSameAsTheFiles() {
    ContactDocument document =
        read(
            """
            {"id": "c-1", "personId": "p-7", "program": "b2b_saas", "business": "b2b",
             "subscriberType": "individual", "relationship": "lead", "email": "ann@example.com",
             "phone": "+1 (212) 555-0101", "linkedin": "connected", "whatsapp": "registered",
             "companyDomain": "acme.example", "country": "US", "region": "NY",
             "postalCode": "10001", "timeZones": ["America/New_York"], "source": "webinar",
             "statusAtLastTouch": "SQL", "lastTouchChannel": "email",
             "lastEngagementAt": "2025-12-01T10:00:00+01:00", "lastInquiryAt": "2025-11-28",
             "doNotContactScope": ["phone", "sms"], "tags": ["price", "timing"],
             "funnel": "trial", "accountId": "a-9", "lineType": "mobile", "emailState": "risky",
             "globalPrivacyControl": true, "lastLoginAt": "2025-11-02", "currency": "USD",
             "lifetimeValue": "4200.00", "acquisitionCost": "600.00", "grossMarginRate": "0.80",
             "consents": [{"channel": "email", "address": "ANN@example.com", "basis": "express",
                           "capturedAt": "2025-05-07", "method": "web_form", "textShown": true,
                           "source": "pricing page", "proofUri": "https://example.com/1",
                           "noticeAtCollection": true, "withdrawnAt": null}],
             "suppressions": [{"scope": "email", "reason": "opt_out", "since": "2026-01-01"}],
             "subscriptions": [{"id": "s-1", "status": "cancelled", "endedAt": "2025-11-20",
                                "reason": "price", "usageLast30Days": 0}],
             "orders": [{"id": "o-1", "orderedAt": "2025-01-01T12:00:00Z", "amount": "10.00",
                         "currency": "USD", "cancelled": false}],
             "deals": [{"id": "d-1", "stage": "proposal", "outcome": "open",
                        "quotedPrice": "12000.00"}],
             "meetings": [{"id": "m-1", "scheduledFor": "2026-02-01T15:00:00Z",
                           "status": "no_show"}],
             "activities": [{"id": "x-1", "at": "2026-02-02T10:00:00Z", "channel": "email",
                             "kind": "click", "disposition": "neutral"}],
             "registry": [{"registry": "us_dnc", "answer": "not_listed",
                           "checkedAt": "2026-02-01"}],
             "incentives": [{"code": "fee_credit", "grantedAt": "2025-06-01", "redeemed": true}],
             "winBacks": [{"at": "2024-06-01"}]}
            """);
    Reading files =
        Reading.ofCrm(
            "contacts",
            """
            id,person_id,program,business,subscriber_type,relationship,email,phone,linkedin,\
            whatsapp,company_domain,country,region,postal_code,time_zone,source,\
            status_at_last_touch,last_touch_channel,last_engagement_at,last_inquiry_at,\
            do_not_contact_scope,tags,funnel,account_id,line_type,email_state,\
            global_privacy_control,last_login_at,currency,lifetime_value,acquisition_cost,\
            gross_margin_rate
            c-1,p-7,b2b_saas,b2b,individual,lead,ann@example.com,+1 (212) 555-0101,\
            connected,registered,acme.example,US,NY,10001,America/New_York,webinar,SQL,email,\
            2025-12-01T10:00:00+01:00,2025-11-28,phone;sms,price; timing,trial,a-9,mobile,\
            risky,true,2025-11-02,USD,4200.00,600.00,0.80
            """);
    ContactRecord contact = document.contact();
    assertThat(contact.contact()).isEqualTo(files.contact("c-1").contact());
    assertThat(contact.reach()).isEqualTo(files.contact("c-1").reach());
    assertThat(contact.value()).isEqualTo(files.contact("c-1").value());
    assertThat(contact.addresses())
        .isEqualTo(
            Map.of(
                Channel.EMAIL, "ann@example.com",
                Channel.SMS, "+12125550101",
                Channel.PHONE, "+12125550101"));
    assertThat(document.told()).containsExactlyInAnyOrder(FileType.values());
    assertThat(document.warnings()).isEmpty();
    assertThat(document.related().consents.of("c-1"))
        .singleElement()
        .satisfies(
            consent -> {
              assertThat(consent.value().address()).isEqualTo("ann@example.com");
              assertThat(consent.value().consent().textShown()).isTrue();
              assertThat(consent.value().proofUri()).isEqualTo("https://example.com/1");
            });
    for (Related<?> kind : Related.ALL) {
      assertThat(kind.rows().apply(document.related()).of("c-1")).as(kind.type().code()).hasSize(1);
    }
    assertThat(document.related().winBacks.of("c-1").get(0).value())
        .isEqualTo(Instant.parse("2024-06-01T00:00:00Z"));
  }

  @Test
  void document_thatSaysLittle_tellsNothingElse() {
    ContactDocument document = read("{\"email\": \"info@example.com\", \"deals\": []}", "c-1");
    assertThat(document.contact().id()).isEqualTo("c-1");
    assertThat(document.told()).containsExactlyInAnyOrder(FileType.CONTACTS, FileType.DEALS);
    assertThat(document.warnings())
        .containsExactly(
            new JsonProblem(
                "/email", "A desk reads that address and no single person, so its state is role."));
  }

  @Test
  void document_withFaults_namesAllOfThemByPointer() {
    assertThat(
            problems(
                """
                {"id": 7, "emial": "a@example.com", "country": "UK", "tags": ["price", "Cost"],
                 "timeZones": "America/New_York", "globalPrivacyControl": "yes",
                 "lifetimeValue": 4200.00, "personId": "ann@example.com",
                 "deals": [{"id": "d-1", "stage": "sql"}, {"id": "d-1", "stage": "sqll"}, 5],
                 "subscriptions": [{"status": "active", "usageLast30Days": "12"}],
                 "consents": [{"contactId": "c-1", "channel": "fax", "basis": "express"}],
                 "orders": {}}
                """,
                null))
        .extracting(JsonProblem::pointer)
        .containsExactlyInAnyOrder(
            "/id",
            "/emial",
            "/country",
            "/tags/1",
            "/timeZones",
            "/globalPrivacyControl",
            "/lifetimeValue",
            "/personId",
            "/deals/1/id",
            "/deals/1/stage",
            "/deals/2",
            "/subscriptions/0/id",
            "/subscriptions/0/usageLast30Days",
            "/consents/0/contactId",
            "/consents/0/channel",
            "/orders");
  }

  @Test
  void problems_sayWhatIsAllowed_andCarryNoAddress() {
    List<JsonProblem> problems =
        problems(
            "{\"id\": \"c-2\", \"country\": \"UK\", \"source\": \"bob@example.com\","
                + " \"currency\": \"+1 212 555 0101\"}",
            "c-1");
    assertThat(problems)
        .contains(
            new JsonProblem(
                "/country",
                "\"UK\": That is no ISO 3166-1 code; write it like US or DE. Did you mean GB?"),
            new JsonProblem(
                "/id",
                "\"c-2\": The path names another contact; leave the field out or repeat the"
                    + " path's."));
    assertThat(problems.toString()).doesNotContain("bob@", "555");
  }

  @Test
  void document_withoutId_isRefusedWhereNothingElseNamesIt() {
    assertThat(problems("{\"country\": \"US\"}", null))
        .extracting(JsonProblem::pointer)
        .containsExactly("/id");
  }

  @Test
  void document_thatIsNoObjectOrNamedByAnAddress_isRefusedForThatAlone() {
    assertThat(problems("[]", "c-1")).extracting(JsonProblem::pointer).containsExactly("");
    assertThat(problems("{}", "ann@example.com"))
        .containsExactly(
            new JsonProblem(
                "",
                "the id in the path is no key of the system of record: one line of at most 128"
                    + " characters that looks like no address"));
  }

  private static ContactDocument read(String json) {
    return read(json, null);
  }

  private static ContactDocument read(String json, @Nullable String id) {
    return ContactDocument.read(json.getBytes(StandardCharsets.UTF_8), id, 0);
  }

  private static List<JsonProblem> problems(String json, @Nullable String id) {
    InvalidJson refused = catchThrowableOfType(InvalidJson.class, () -> read(json, id));
    assertThat(refused).as("the document must be refused").isNotNull();
    return refused.problems();
  }
}
