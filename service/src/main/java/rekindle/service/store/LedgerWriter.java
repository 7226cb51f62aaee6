package rekindle.service.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows.Row;

/** Writes what happened to contacts: rows that are added and never changed. */
final class LedgerWriter {
  private LedgerWriter() {}

  private static final String SUPPRESSION =
      """
      insert into suppression (contact_id, scope, reason, since, until, content)
      select r.contact_id, r.scope, r.reason, r.since, r.until, r.content
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, scope text, reason text, since timestamptz,
          until timestamptz, content bytea)
       where r.content is distinct from (
         select s.content from suppression s
          where s.contact_id = r.contact_id
            and (s.scope, s.reason, s.since) = (r.scope, r.reason, r.since)
          order by s.id desc
          limit 1)
       order by r.n
      """;

  /** The same suppression has scope, reason and beginning; another end is its next version. */
  static Written suppressions(Handle handle, List<Row<Suppression>> rows) {
    return RowBatch.of(
            handle,
            rows,
            row -> List.of(row.value().scope(), row.value().reason(), row.value().since()))
        .write(
            SUPPRESSION,
            (row, out) ->
                out.text("scope", row.value().scope())
                    .text("reason", row.value().reason())
                    .instant("since", row.value().since())
                    .instant("until", row.value().until())
                    .bytes(
                        "content",
                        Content.of(
                            row.value().scope(),
                            row.value().reason(),
                            row.value().since(),
                            row.value().until())));
  }

  private static final String INCENTIVE =
      """
      insert into incentive_grant (contact_id, code, granted_at, redeemed, content)
      select r.contact_id, r.code, r.granted_at, r.redeemed, r.content
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, code text, granted_at timestamptz, redeemed boolean,
          content bytea)
       where r.content is distinct from (
         select g.content from incentive_grant g
          where g.contact_id = r.contact_id and (g.code, g.granted_at) = (r.code, r.granted_at)
          order by g.id desc
          limit 1)
       order by r.n
      """;

  /** The same grant has code and moment; whether it was redeemed may be told later. */
  static Written incentives(Handle handle, List<Row<GrantedIncentive>> rows) {
    return RowBatch.of(handle, rows, row -> List.of(row.value().code(), row.value().grantedAt()))
        .write(
            INCENTIVE,
            (row, out) ->
                out.text("code", row.value().code())
                    .instant("granted_at", row.value().grantedAt())
                    .bool("redeemed", row.value().redeemed())
                    .bytes(
                        "content",
                        Content.of(
                            row.value().code(), row.value().grantedAt(), row.value().redeemed())));
  }

  private static final String TRIGGER =
      """
      insert into trigger_event (contact_id, kind, topic, at, matches_gap, content)
      select r.contact_id, r.kind, r.topic, r.at, r.matches_gap, r.content
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, kind text, topic text, at timestamptz, matches_gap boolean,
          content bytea)
       where r.content is distinct from (
         select t.content from trigger_event t
          where t.contact_id = r.contact_id
            and (t.kind, t.at) = (r.kind, r.at)
            and t.topic is not distinct from r.topic
          order by t.id desc
          limit 1)
       order by r.n
      """;

  /** The same trigger has kind, topic and moment; whether it matches may be told anew. */
  static Written triggers(Handle handle, List<Row<Trigger>> rows) {
    return RowBatch.of(
            handle,
            rows,
            row ->
                List.of(row.value().kind(), String.valueOf(row.value().topic()), row.value().at()))
        .write(
            TRIGGER,
            (row, out) ->
                out.text("kind", row.value().kind())
                    .text("topic", row.value().topic())
                    .instant("at", row.value().at())
                    .bool("matches_gap", row.value().matchesGap())
                    .bytes(
                        "content",
                        Content.of(
                            row.value().kind(),
                            row.value().topic(),
                            row.value().at(),
                            row.value().matchesGap())));
  }

  private static final String REGISTRY =
      """
      insert into registry_answer (contact_id, registry, answer, checked_at, content)
      select r.contact_id, r.registry, r.answer, r.checked_at, r.content
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, registry text, answer text, checked_at timestamptz,
          content bytea)
       order by r.n
      on conflict (contact_id, content) do nothing
      """;

  /** Of different answers at one moment all are kept: the one that forbids more counts. */
  static Written registryAnswers(Handle handle, List<Row<RegistryAnswer>> rows) {
    return RowBatch.of(handle, rows, Row::value)
        .write(
            REGISTRY,
            (row, out) ->
                out.text("registry", row.value().registry())
                    .text("answer", row.value().answer())
                    .instant("checked_at", row.value().checkedAt())
                    .bytes(
                        "content",
                        Content.of(
                            row.value().registry(),
                            row.value().answer(),
                            row.value().checkedAt())));
  }

  private static final String WIN_BACK =
      """
      insert into win_back (contact_id, at)
      select r.contact_id, r.at
        from json_to_recordset(cast(:rows as json)) as r(n integer, contact_id text, at timestamptz)
       order by r.n
      on conflict (contact_id, at) do nothing
      """;

  static Written winBacks(Handle handle, List<Row<Instant>> rows) {
    return RowBatch.of(handle, rows, Row::value)
        .write(WIN_BACK, (row, out) -> out.instant("at", row.value()));
  }

  private static final String RESPONSE =
      """
      insert into response (contact_id, source_id, at, channel, kind, disposition)
      select r.contact_id, r.source_id, r.at, r.channel, r.kind, r.disposition
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, source_id text, at timestamptz, channel text, kind text,
          disposition text)
       order by r.n
      on conflict (contact_id, source_id) do nothing
      """;

  private static final String OTHER_RESPONSE =
      """
      select r.n, r.contact_id
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, source_id text, at timestamptz, channel text, kind text,
          disposition text)
        join response x on x.contact_id = r.contact_id and x.source_id = r.source_id
       where (x.at, x.channel, x.kind, x.disposition)
             is distinct from (r.at, r.channel, r.kind, r.disposition)
       order by r.n
      """;

  /** The same response has the same id at its source, else the same content. */
  static Written responses(Handle handle, List<Row<Response>> rows) {
    return RowBatch.of(handle, rows, LedgerWriter::sourceId)
        .write(
            RESPONSE,
            OTHER_RESPONSE,
            (row, out) ->
                out.text("source_id", sourceId(row))
                    .instant("at", row.value().at())
                    .text("channel", code(row.value().channel()))
                    .text("kind", row.value().kind())
                    .text("disposition", row.value().disposition()));
  }

  /**
   * Responses whose ids nobody told before, of known contacts whose persons are locked: without
   * looking for what cannot be.
   */
  static void newResponses(Handle handle, List<Row<Response>> rows) {
    if (!rows.isEmpty()) {
      handle
          .createUpdate(NEW_RESPONSE)
          .bind(
              "rows",
              JsonRows.of(
                  rows,
                  (row, out) ->
                      out.text("c", row.contactId())
                          .text("i", row.id())
                          .instant("a", row.value().at())
                          .text("h", code(row.value().channel()))
                          .text("k", row.value().kind())
                          .text("d", row.value().disposition())))
          .execute();
    }
  }

  private static final String NEW_RESPONSE =
      """
      insert into response (contact_id, source_id, at, channel, kind, disposition)
      select r.c, r.i, r.a, r.h, r.k, r.d
        from json_to_recordset(cast(:rows as json))
               as r(c text, i text, a timestamptz, h text, k text, d text)
      on conflict (contact_id, source_id) do nothing
      """;

  private static String sourceId(Row<Response> row) {
    Response told = row.value();
    return row.id().isEmpty()
        ? "sha256:"
            + Content.hexOf(told.at(), code(told.channel()), told.kind(), told.disposition())
        : row.id();
  }

  private static @Nullable String code(@Nullable Channel channel) {
    return channel == null ? null : channel.code();
  }
}
