package rekindle.service.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.touch.RePermission.Answer;

/** People who were asked for permission again and have not answered. */
public final class Unanswered {
  private Unanswered() {}

  /** Why e-mail to them ends. */
  public static final String REASON = "re_permission_expired";

  /**
   * A question that nobody answered.
   *
   * @param at when it was put
   */
  public record Question(String touchId, String contactId, Instant at) {}

  // One that bounced was never read. A consent that was given later is an answer, also where it
  // came
  // without a response; whoever's silence ended e-mail once is not silent anew.
  private static final String QUESTIONS =
      """
      select t.id, t.contact_id, t.at
        from touch t
        join contact_person cp on cp.contact_id = t.contact_id
       where t.sequence = 're_permission' and t.channel = 'email'
         and t.outcome in ('handed_over', 'in_doubt', 'delivered')
         and t.at < :before
         and not exists (
           select from contact_person same
             join response r on r.contact_id = same.contact_id
             join json_to_recordset(cast(:answers as json)) as a(kind text, disposition text)
               on a.kind = r.kind and a.disposition is not distinct from r.disposition
            where same.person_id = cp.person_id and r.at >= t.at)
         and not exists (
           select from contact_person same
             join consent c on c.contact_id = same.contact_id
            where same.person_id = cp.person_id and c.channel = 'email' and c.withdrawn_at is null
              and c.captured_at >= t.at)
         and not exists (
           select from contact_person same
             join suppression s on s.contact_id = same.contact_id
            where same.person_id = cp.person_id and s.reason = 're_permission_expired' and s.since >= t.at)
      """;

  /**
   * Questions that were put before an instant.
   *
   * @param answers responses that would have answered
   */
  public static List<Question> before(
      Handle handle, Instant before, Collection<Answer> answers, int most) {
    return questions(
        handle, QUESTIONS + " order by t.at, t.id limit " + most, before, answers, null);
  }

  /** Those of some questions that are still unanswered; their persons are locked. */
  public static List<Question> still(
      Handle handle, List<Question> asked, Instant before, Collection<Answer> answers) {
    String sql =
        QUESTIONS
            + " and t.id in (select w.id from json_array_elements_text(cast(:touches as json)) as w(id))"
            + " order by t.at, t.id";
    return questions(handle, sql, before, answers, asked);
  }

  private static List<Question> questions(
      Handle handle,
      String sql,
      Instant before,
      Collection<Answer> answers,
      @Nullable List<Question> among) {
    var query =
        handle
            .createQuery(sql)
            .bind("before", before)
            .bind(
                "answers",
                JsonRows.of(
                    List.copyOf(answers),
                    (answer, row) ->
                        row.text("kind", answer.kind()).text("disposition", answer.disposition())));
    if (among != null) {
      query.bind("touches", JsonRows.texts(among.stream().map(Question::touchId).toList()));
    }
    return query
        .map(
            (row, context) ->
                new Question(
                    row.getString("id"),
                    row.getString("contact_id"),
                    row.getTimestamp("at").toInstant()))
        .list();
  }

  private static final String END_JOURNEYS =
      """
      update journey j
         set ended_at = greatest(:at, j.entered_at), end_reason = 're_permission_expired'
       where j.sequence = 're_permission' and j.ended_at is null
         and j.contact_id in (
               select same.contact_id
                 from json_array_elements_text(cast(:contacts as json)) as w(id)
                 join contact_person cp on cp.contact_id = w.id
                 join contact_person same on same.person_id = cp.person_id)
      """;

  /** Ends the journeys of which such a question was the one step; another journey goes on. */
  public static void endJourneys(Handle handle, List<String> contactIds, Instant at) {
    handle
        .createUpdate(END_JOURNEYS)
        .bind("at", at)
        .bind("contacts", JsonRows.texts(contactIds))
        .execute();
  }
}
