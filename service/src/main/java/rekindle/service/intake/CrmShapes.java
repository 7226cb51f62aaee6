package rekindle.service.intake;

import java.util.List;

/** The standard CSV files and their columns, as the contract, section 6, lists them. */
final class CrmShapes {
  static final CsvShape CONTACTS =
      CsvShape.of(
          "contacts.csv",
          "id",
          "person_id,program,business,subscriber_type,relationship,email,phone,linkedin,whatsapp,"
              + "company_domain,country,region,postal_code,time_zone,source,status_at_last_touch,"
              + "last_touch_channel,last_engagement_at,last_inquiry_at,do_not_contact_scope,tags,"
              + "funnel,account_id,line_type,email_state,global_privacy_control,last_login_at,"
              + "currency,lifetime_value,acquisition_cost,gross_margin_rate");

  static final CsvShape CONSENTS =
      CsvShape.of(
          "consents.csv",
          "contact_id,channel,basis",
          "address,captured_at,method,text_shown,source,proof_uri,notice_at_collection,"
              + "withdrawn_at");

  static final CsvShape SUPPRESSIONS =
      CsvShape.of("suppressions.csv", "contact_id,scope,reason,since", "until");

  static final CsvShape SUBSCRIPTIONS =
      CsvShape.of(
          "subscriptions.csv", "id,contact_id,status", "ended_at,reason,usage_last_30_days");

  static final CsvShape ORDERS =
      CsvShape.of("orders.csv", "id,contact_id,ordered_at", "amount,currency,cancelled");

  static final CsvShape DEALS =
      CsvShape.of("deals.csv", "id,contact_id", "stage,outcome,closed_at,loss_reason,quoted_price");

  static final CsvShape MEETINGS =
      CsvShape.of("meetings.csv", "id,contact_id", "scheduled_for,status");

  static final CsvShape ACTIVITIES =
      CsvShape.of("activities.csv", "id,contact_id,at,kind", "channel,disposition");

  static final CsvShape REGISTRY =
      CsvShape.of("registry.csv", "contact_id,registry,answer,checked_at", "");

  static final CsvShape INCENTIVES =
      CsvShape.of("incentives.csv", "contact_id,code,granted_at", "redeemed");

  static final CsvShape WIN_BACKS = CsvShape.of("win_backs.csv", "contact_id,at", "");

  static final List<CsvShape> ALL =
      List.of(
          CONTACTS,
          CONSENTS,
          SUPPRESSIONS,
          SUBSCRIPTIONS,
          ORDERS,
          DEALS,
          MEETINGS,
          ACTIVITIES,
          REGISTRY,
          INCENTIVES,
          WIN_BACKS);

  private CrmShapes() {}
}
