package rekindle.service.store;

/**
 * The one statement that reads all that is known of the person of a contact: the ids of the
 * person's contacts, then one column for each kind of row, a JSON list of lists. {@link PersonRows}
 * reads the lists, cell by cell in the same order.
 *
 * <p>Sub-selects by an array of ids, one index scan each, took less of PostgreSQL's time than joins
 * with a common table expression or a union of all kinds; those of kinds without a row for the
 * person cost almost nothing. Instants are whole milliseconds of the epoch, which both sides turn
 * into numbers without parsing.
 */
final class FactsQuery {
  private FactsQuery() {}

  private static final String SELECT =
      """
      select a.contact_id, a.person_id, p.subject_ref, %s as mark,
             (select json_agg(json_build_array(
                       c.id, c.account_id, c.program, c.business, c.language, c.subscriber_type,
                       c.relationship, c.jurisdictions, c.time_zones, c.lead_source,
                       c.status_at_last_touch, c.last_touch_channel, ms(c.last_engagement_at),
                       ms(c.last_inquiry_at), c.last_inbound_at, c.do_not_contact_scope,
                       c.global_privacy_control, c.tags, c.currency, c.lifetime_value,
                       c.acquisition_cost, c.gross_margin_rate, ms(c.last_login_at), c.funnel,
                       c.country, c.facts_summary))
                from contact c where c.id = any(m.ids)) as contacts,
             (select json_agg(json_build_array(x.contact_id, x.channel, x.state, x.address_id))
                from contact_address x where x.contact_id = any(m.ids)) as addresses,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.address_id, x.channel, x.basis, ms(x.captured_at),
                       x.method, x.text_shown, x.source, x.proof_hash, x.notice_at_collection,
                       ms(x.withdrawn_at)))
                from consent x where x.contact_id = any(m.ids)) as consents,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.scope, x.reason, ms(x.since), ms(x.until)))
                from suppression x where x.contact_id = any(m.ids)) as suppressions,
             (select json_agg(json_build_array(
                       ca.contact_id, x.id, x.scope, x.reason, ms(x.since), ms(x.until)))
                from contact_address ca
                join address_suppression x on x.address_id = ca.address_id
               where ca.contact_id = any(m.ids)) as address_suppressions,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.status, ms(x.ended_at), x.reason,
                       x.usage_last_30_days))
                from subscription x where x.contact_id = any(m.ids)) as subscriptions,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, ms(x.ordered_at), x.amount, x.currency, x.cancelled))
                from purchase x where x.contact_id = any(m.ids)) as purchases,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.stage, x.outcome, ms(x.closed_at), x.loss_reason,
                       x.quoted_price))
                from deal x where x.contact_id = any(m.ids)) as deals,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, ms(x.scheduled_for), x.status))
                from meeting x where x.contact_id = any(m.ids)) as meetings,
             (select json_agg(json_build_array(
                       x.contact_id, x.source_id, ms(x.at), x.channel, x.kind, x.disposition))
                from response x where x.contact_id = any(m.ids)) as responses,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.registry, x.answer, ms(x.checked_at)))
                from registry_answer x where x.contact_id = any(m.ids)) as registry,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.code, ms(x.granted_at), x.redeemed))
                from incentive_grant x where x.contact_id = any(m.ids)) as incentives,
             (select json_agg(json_build_array(x.contact_id, x.id, ms(x.at)))
                from win_back x where x.contact_id = any(m.ids)) as win_backs,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.sequence, x.step, x.channel, ms(x.at), x.outcome,
                       x.incentive))
                from touch x
               where x.contact_id = any(m.ids) and x.state is distinct from 'released') as touches,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.kind, x.topic, ms(x.at), x.matches_gap))
                from trigger_event x where x.contact_id = any(m.ids)) as triggers,
             (select json_agg(json_build_array(
                       x.contact_id, x.id, x.sequence, ms(x.entered_at), ms(x.paused_until),
                       ms(x.ended_at), x.end_reason))
                from journey x where x.contact_id = any(m.ids)) as journeys,
             (select json_agg(json_build_array(
                       x.contact_id, ms(x.opened_at), ms(x.closed_at)))
                from escalation x where x.contact_id = any(m.ids)) as escalations,
             (select json_agg(json_build_array(x.contact_id, x.type, x.reason))
                from contact_hold x where x.contact_id = any(m.ids)) as holds,
             (select json_agg(json_build_array(h.channel, h.state))
                from channel_health h where h.state <> 'ok') as channel_health
      """
          .replace("%s", Restrictions.mark("m.ids"))
          // The part of a timestamp as a double is exact to the microsecond for centuries to come.
          .replaceAll("ms\\(([a-z_.]+)\\)", "cast(date_part('epoch', $1) * 1000 as bigint)");

  private static final String PERSON =
      """
        join person p on p.id = a.person_id
       cross join lateral (
         select array_agg(same.contact_id) as ids
           from contact_person same
          where same.person_id = a.person_id) m
      """;

  /** For the contact {@code :contact}. */
  static final String ONE =
      SELECT + "  from contact_person a\n" + PERSON + " where a.contact_id = :contact";

  /**
   * For a JSON list of contacts, {@code :contacts}. As an array it would have PostgreSQL plan anew
   * each time, because it would expect a shorter list than the one that it plans for in general.
   */
  static final String MANY =
      SELECT
          + """
              from (select distinct id from json_array_elements_text(cast(:contacts as json)) as w(id)) w
              join contact_person a on a.contact_id = w.id
            """
          + PERSON;

  /** For all contacts of a JSON list of persons, {@code :persons}. */
  static final String PERSONS =
      SELECT
          + """
              from (select distinct id from json_array_elements_text(cast(:persons as json)) as w(id)) w
              join contact_person a on a.person_id = w.id
            """
          + PERSON;
}
