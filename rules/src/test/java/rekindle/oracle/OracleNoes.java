package rekindle.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;

/** The noes of a person (DECIDING.md section 1, Noes). */
final class OracleNoes {
  private static final Set<String> EVERYTHING = Set.of("deceased", "minor", "legal");

  /**
   * One no: where it is known from, what, on which channel or all, when, and how long it stands.
   */
  private record No(
      String from, String what, String on, @Nullable Instant said, @Nullable Instant until) {}

  private final OracleTables tables;
  private final ContactFacts facts;
  private final OracleConsents consents;

  OracleNoes(OracleTables tables, ContactFacts facts, OracleConsents consents) {
    this.tables = tables;
    this.facts = facts;
    this.consents = consents;
  }

  static boolean stands(Suppression one, Instant at) {
    Instant until = one.until();
    return !one.since().isAfter(at) && (until == null || at.isBefore(until));
  }

  static boolean closesEverything(Suppression one) {
    return one.scope().equals("all") || EVERYTHING.contains(one.reason());
  }

  private List<No> noes(Instant at) {
    var noes = new ArrayList<No>();
    for (Suppression one : facts.suppressions()) {
      if (stands(one, at)) {
        noes.add(new No("suppression", one.reason(), one.scope(), one.since(), one.until()));
      }
    }
    for (String scope : facts.contact().doNotContactScope()) {
      noes.add(new No("record", "do_not_contact", scope, null, null));
    }
    for (Response one : facts.responses()) {
      boolean negative = one.kind().equals("reply") && "negative".equals(one.disposition());
      if (!"automatic".equals(one.disposition())) {
        String on = one.channel() == null ? "all" : one.channel().code();
        noes.add(new No("response", negative ? "negative_reply" : one.kind(), on, one.at(), null));
      }
    }
    for (var one : facts.consents()) {
      if (one.withdrawnAt() != null) {
        noes.add(new No("consent", "withdrawal", one.channel().code(), one.withdrawnAt(), null));
      }
    }
    return noes;
  }

  List<OracleDenial> denials(Channel channel, Instant at) {
    var denials = new ArrayList<OracleDenial>();
    for (OracleRow row : tables.rows("eligibility/Suppression")) {
      var hits = noes(at).stream().filter(holds(row, channel)).toList();
      if (!hits.isEmpty()) {
        boolean forEver = hits.stream().anyMatch(no -> no.until() == null);
        Instant until = forEver ? null : hits.stream().map(No::until).max(Instant::compareTo).get();
        denials.add(new OracleDenial(row.cell("→ Code"), row, until));
      }
    }
    return denials;
  }

  /** The rows that hold for a no of a suppression or of the record that closes everything. */
  List<OracleRow> closingEverything(Instant at) {
    return tables.rows("eligibility/Suppression").stream()
        .filter(
            row ->
                noes(at).stream()
                    .filter(OracleNoes::closesEverything)
                    .anyMatch(
                        no ->
                            Channel.ALL.stream().anyMatch(channel -> holds(row, channel).test(no))))
        .toList();
  }

  private static boolean closesEverything(No no) {
    return Set.of("suppression", "record").contains(no.from())
        && (no.on().equals("all") || EVERYTHING.contains(no.what()));
  }

  private Predicate<No> holds(OracleRow row, Channel channel) {
    return no ->
        row.takes("Known from", no.from())
            && row.takes("What", no.what())
            && (row.open("Made on") || madeOn(row, no, channel))
            && (row.open("Express consent since")
                || row.yes("Express consent since")
                    == (no.said() != null && consents.expressSince(channel, no.said())))
            && row.takes("Channel", channel.code());
  }

  private static boolean madeOn(OracleRow row, No no, Channel channel) {
    var made = OracleRow.words(row.cell("Made on"));
    return made.contains(no.on()) || (made.contains("same") && no.on().equals(channel.code()));
  }
}
