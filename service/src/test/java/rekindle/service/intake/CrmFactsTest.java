package rekindle.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;

class CrmFactsTest {
  /** Two records of one person, by e-mail, and a third of somebody else. */
  private static final String CONTACTS =
      """
      id,email,phone,country
      c-1,Ann@Example.com,+1-212-555-0101,US
      c-2,ann@example.COM,+1-212-555-0102,US
      c-3,bob@example.com,+1-212-555-0103,US
      """;

  @Test
  void contact_withEveryColumn_carriesAllButTheAddresses() {
    ContactFacts facts =
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
                """)
            .contact("c-1");
    assertThat(facts.contact())
        .isEqualTo(
            new Contact(
                "c-1",
                "p-7",
                "a-9",
                "b2b_saas",
                "b2b",
                null,
                "individual",
                "lead",
                List.of("US-NY"),
                List.of("America/New_York"),
                "webinar",
                "SQL",
                "email",
                Instant.parse("2025-12-01T09:00:00Z"),
                Instant.parse("2025-11-28T00:00:00Z"),
                Map.of(),
                List.of("phone", "sms"),
                true,
                List.of("price", "timing")));
    assertThat(facts.reach())
        .isEqualTo(
            Map.of(
                Channel.EMAIL, "risky",
                Channel.SMS, "mobile",
                Channel.PHONE, "valid",
                Channel.LINKEDIN, "connected",
                Channel.WHATSAPP, "registered",
                Channel.PAID_MEDIA, "matchable"));
    assertThat(facts.lifecycle().funnel()).isEqualTo("trial");
    assertThat(facts.lifecycle().lastLoginAt()).isEqualTo("2025-11-02T00:00:00Z");
    assertThat(facts.value().grossMarginRate()).isEqualTo("0.80");
  }

  @Test
  void columns_inAnyOrderWithByteOrderMark_areFoundByName() {
    Reading reading =
        Reading.ofCrm("contacts", "\uFEFFcountry,email,id\r\nDE,ann@example.com,c-1\r\n");
    assertThat(reading.findings).isEmpty();
    assertThat(reading.contact("c-1").contact().jurisdictions()).containsExactly("DE");
  }

  @Test
  void reach_ofBadAddresses_isSaidAndReportedAsWarning() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,email,phone,country,line_type,email_state
            c-1,no address,12,US,mobile,valid
            c-2,,030 123456,,landline,valid
            c-3,ann@example.com,212 555 0101,US,,
            """);
    assertThat(reading.contact("c-1").reach())
        .containsEntry(Channel.EMAIL, "invalid")
        .containsEntry(Channel.SMS, "disconnected")
        .containsEntry(Channel.PHONE, "disconnected");
    assertThat(reading.contact("c-2").reach())
        .containsOnly(
            Map.entry(Channel.SMS, "landline"),
            Map.entry(Channel.PHONE, "unknown"),
            Map.entry(Channel.PAID_MEDIA, "matchable"));
    assertThat(reading.contact("c-3").reach())
        .containsEntry(Channel.EMAIL, "valid")
        .containsEntry(Channel.SMS, "unknown")
        .containsEntry(Channel.PHONE, "valid");
    assertThat(reading.lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("warning,contacts.csv,"))
        .noneSatisfy(line -> assertThat(line).contains("no address,12"));
  }

  @Test
  void phone_nationalOrForeign_isReadByTheNumberingPlans() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,phone,country,region
            c-1,030 2312 5001,DE,
            c-2,+44 20 7946 0958,US,NY
            c-3,+1 416 555 0101,,
            c-4,+1 212 555 0101,US,NY
            c-5,+800 1234 5678,US,
            c-6,+1 999 555 0101,US,
            c-7,030 2312 5001,US,
            """);
    assertThat(reading.facts.stream().map(f -> f.contact().jurisdictions()))
        .as("a number given out elsewhere adds its country; an area code tells no state")
        .containsExactly(
            List.of("DE"),
            List.of("US-NY", "GB"),
            List.of("CA"),
            List.of("US-NY"),
            List.of("US"),
            List.of("US"),
            List.of("US"));
    assertThat(reading.facts.stream().map(f -> f.reach().get(Channel.PHONE)))
        .containsExactly("valid", "valid", "valid", "valid", "valid", "unknown", "unknown");
    assertThat(reading.lines())
        .containsExactly(
            "warning,contacts.csv,7,phone,,\"No numbering plan gives out that number, so its state"
                + " is unknown.\"",
            "warning,contacts.csv,8,phone,,\"The number is none of the contact's country, or lacks"
                + " its country: write it like +15555550123.\"");
  }

  @Test
  void email_ofADeskOrToBeThrownAway_isSaidAndReportedAsWarning() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,email,email_state
            c-1,info@example.com,valid
            c-2,ann@inbox.mailinator.com,
            c-3,sales+web@example.com,bounced
            c-4,ann@example.com,risky
            c-5,webmaster@example.com,role
            """);
    assertThat(reading.facts.stream().map(f -> f.reach().get(Channel.EMAIL)))
        .containsExactly("role", "disposable", "bounced", "risky", "role");
    assertThat(reading.lines())
        .containsExactly(
            "warning,contacts.csv,2,email,,\"A desk reads that address and no single person, so its"
                + " state is role.\"",
            "warning,contacts.csv,3,email,,\"The domain gives addresses to be thrown away, so the"
                + " state is disposable.\"");
  }

  @Test
  void persons_areDeclaredElseJoinedByEmailElseByPhone() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            """
            id,person_id,email,phone,country
            c-9,,x@example.com,+1-212-555-0109,US
            c-2,,X@EXAMPLE.COM,,
            c-3,,y@example.com,(212) 555-0109,US
            c-4,p-1,z@example.com,,
            c-5,,z@example.com,,
            c-6,p-2,z@example.com,,
            c-7,,,,
            """);
    assertThat(reading.facts.stream().map(f -> f.contact().personId()))
        .containsExactly("p-c-2", "p-c-2", "p-c-2", "p-1", "p-1", "p-2", "p-c-7");
    assertThat(reading.lines()).hasSize(1).first().asString().contains("several persons");
  }

  @Test
  void noesAndHistory_areThePersonsOverAllContacts() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
                """
                id,email,do_not_contact_scope,global_privacy_control
                c-1,ann@example.com,phone,
                c-2,ann@example.com,sms,true
                c-3,bob@example.com,,
                """,
            "suppressions", "contact_id,scope,reason,since,until\nc-1,email,opt_out,2026-01-01,\n",
            "activities",
                """
                id,contact_id,at,channel,kind,disposition
                a-2,c-2,2026-02-02T10:00:00Z,whatsapp,reply,neutral
                a-1,c-1,2026-02-01T10:00:00Z,email,click,neutral
                a-3,c-2,2026-04-02T10:00:00Z,whatsapp,reply,neutral
                """,
            "incentives", "contact_id,code,granted_at,redeemed\nc-1,fee_credit,2025-06-01,true\n",
            "win_backs", "contact_id,at\nc-2,2024-06-01\nc-1,2023-06-01\n");
    for (String id : List.of("c-1", "c-2")) {
      ContactFacts facts = reading.contact(id);
      assertThat(facts.contact().doNotContactScope()).containsExactly("phone", "sms");
      assertThat(facts.contact().globalPrivacyControl()).isTrue();
      assertThat(facts.suppressions()).hasSize(1);
      assertThat(facts.responses())
          .extracting(Response::kind)
          .containsExactly("click", "reply", "reply");
      assertThat(facts.contact().lastInboundAt())
          .isEqualTo(Map.of(Channel.WHATSAPP, Instant.parse("2026-02-02T10:00:00Z")));
      assertThat(facts.history().incentives())
          .containsExactly(
              new GrantedIncentive("fee_credit", Instant.parse("2025-06-01T00:00:00Z"), true));
      assertThat(facts.history().winBackAt())
          .containsExactly(
              Instant.parse("2023-06-01T00:00:00Z"), Instant.parse("2024-06-01T00:00:00Z"));
    }
    assertThat(reading.contact("c-3").suppressions()).isEmpty();
    assertThat(reading.contact("c-3").contact().doNotContactScope()).isEmpty();
  }

  @Test
  void consent_countsForThePresentAddressOnly() {
    String consents =
        """
        contact_id,channel,address,basis,captured_at,method,text_shown,proof_uri,withdrawn_at
        c-1,sms,+1 212 555 0101,express_written,2025-05-05,web_form,true,https://example.com/1,
        c-1,sms,+1 212 555 0199,express_written,2025-05-06,web_form,true,,
        c-1,email,ANN@example.com,express,2025-05-07,web_form,true,,
        c-1,phone,,express,2025-05-08,web_form,true,,
        c-1,paid_media,,ad_user_data,2025-05-09,web_form,true,,
        c-1,sms,+1 212 555 0199,express_written,2025-05-10,web_form,true,,2026-01-01
        c-1,email,old@example.com,express,2025-05-11,web_form,true,,2026-05-01
        """;
    Reading reading = Reading.ofCrm("contacts", CONTACTS, "consents", consents);
    assertThat(days(reading, "c-1"))
        .containsExactly("2025-05-05", "2025-05-07", "2025-05-08", "2025-05-09", "2025-05-10");
    assertThat(days(reading, "c-2"))
        .as("the same e-mail address, another phone; a withdrawal is the person's")
        .containsExactly("2025-05-07", "2025-05-09", "2025-05-10");
    assertThat(days(reading, "c-3")).isEmpty();
    assertThat(reading.contact("c-1").consents().get(0).proofHash()).startsWith("sha256:");
  }

  private static List<String> days(Reading reading, String id) {
    return reading.contact(id).consents().stream()
        .map(c -> Objects.requireNonNull(c.capturedAt()).toString().substring(0, 10))
        .toList();
  }

  @Test
  void registry_showsTheLatestKnownAnswerForThePresentPhone() {
    String registry =
        """
        contact_id,registry,answer,checked_at
        c-1,us_dnc,listed,2026-01-01
        c-1,us_dnc,not_listed,2026-02-01
        c-1,us_dnc,yes,2026-04-01
        c-1,us_tx,yes,2026-02-01
        c-1,reassigned,no_data,2026-02-01
        """;
    Reading reading = Reading.ofCrm("contacts", CONTACTS, "registry", registry);
    Instant february = Instant.parse("2026-02-01T00:00:00Z");
    assertThat(reading.contact("c-1").registry().lists())
        .containsExactly(
            new ListAnswer("us_dnc", false, february), new ListAnswer("us_tx", true, february));
    assertThat(reading.contact("c-1").registry().reassigned())
        .isEqualTo(new Reassigned("no_data", february));
    assertThat(reading.contact("c-2").registry()).isEqualTo(ContactFacts.NO_REGISTRY);
  }

  @Test
  void lifecycle_runningOfAnyContact_showsInAll() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            CONTACTS,
            "subscriptions",
            """
            id,contact_id,status,ended_at,reason,usage_last_30_days
            s-1,c-1,cancelled,2025-11-20,price,0
            s-2,c-2,active,,,12
            s-3,c-3,cancelled,2025-11-20,price,0
            s-4,c-3,lapsed,2025-12-20,,
            s-5,c-3,lapsed,2025-12-20,price,1
            """,
            "deals",
            """
            id,contact_id,stage,outcome,closed_at,loss_reason,quoted_price
            d-1,c-1,proposal,open,,,12000.00
            d-2,c-2,sql,lost,2025-10-02,price,
            d-3,c-3,sql,lost,2025-10-02,price,
            d-4,c-3,opportunity,lost,2026-04-01,price,
            """,
            "meetings",
            """
            id,contact_id,scheduled_for,status
            m-1,c-1,2026-02-01T15:00:00Z,no_show
            m-2,c-2,2026-03-20T15:00:00Z,booked
            m-3,c-3,2026-02-01T15:00:00Z,no_show
            m-4,c-3,2025-02-01T15:00:00Z,attended
            """);
    assertThat(reading.contact("c-1").lifecycle().subscription())
        .isEqualTo(new Subscription("active", null, null, 12L));
    assertThat(reading.contact("c-3").lifecycle().subscription())
        .as("of two that ended at once the smaller id")
        .isEqualTo(new Subscription("lapsed", Instant.parse("2025-12-20T00:00:00Z"), null, null));
    assertThat(reading.contact("c-2").lifecycle().deal())
        .extracting(Deal::outcome)
        .isEqualTo("open");
    assertThat(reading.contact("c-3").lifecycle().deal())
        .as("closed after asOf, and so open still")
        .extracting(Deal::stage)
        .isEqualTo("opportunity");
    assertThat(reading.contact("c-1").lifecycle().meeting())
        .extracting(Meeting::status)
        .isEqualTo("booked");
    assertThat(reading.contact("c-3").lifecycle().meeting())
        .extracting(Meeting::status)
        .isEqualTo("no_show");
  }

  @Test
  void orders_showTheContactsCountAndThePersonsLatestPurchase() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            CONTACTS,
            "orders",
            """
            id,contact_id,ordered_at,amount,currency,cancelled
            o-1,c-1,2025-01-01T12:00:00Z,10.00,USD,
            o-2,c-1,2025-02-01T12:00:00Z,10.00,USD,false
            o-3,c-1,2025-03-01T12:00:00Z,10.00,USD,true
            o-4,c-2,2025-02-15T12:00:00Z,10.00,USD,false
            o-5,c-2,2026-04-01T12:00:00Z,10.00,USD,false
            """);
    Instant latest = Instant.parse("2025-02-15T12:00:00Z");
    assertThat(reading.contact("c-1").lifecycle().orders()).isEqualTo(new Orders(2L, latest));
    assertThat(reading.contact("c-2").lifecycle().orders()).isEqualTo(new Orders(1L, latest));
    assertThat(reading.contact("c-3").lifecycle().orders()).isNull();
  }

  @Test
  void lastEngagement_notInTheContactsRow_comesFromItsActivities() {
    Reading reading =
        Reading.ofCrm(
            "contacts",
            "id,last_engagement_at\nc-1,\nc-2,2025-01-01\n",
            "activities",
            """
            id,contact_id,at,channel,kind,disposition
            a-1,c-1,2025-06-01,email,click,
            a-2,c-1,2025-07-01,email,open,
            a-3,c-1,2025-08-01,email,reply,automatic
            a-4,c-2,2025-09-01,email,click,
            """);
    assertThat(reading.contact("c-1").contact().lastEngagementAt())
        .isEqualTo("2025-06-01T00:00:00Z");
    assertThat(reading.contact("c-2").contact().lastEngagementAt())
        .isEqualTo("2025-01-01T00:00:00Z");
  }
}
