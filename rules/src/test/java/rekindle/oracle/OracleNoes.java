package rekindle.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Suppression;

/** The noes of a person (DECIDING.md section 1, Noes). */
final class OracleNoes {
  /**
   * One no: where it is known from, what, on which channel or all, when, and how long it stands.
   */
  private record No(
      String from, String what, String on, @Nullable Instant said, @Nullable Instant until) {}

  private final OracleTables tables;
  private final ContactFacts facts;
  private final OracleConsents consents;
  private final Set<String> everyPlace;
  private final OraclePlaces places;

  OracleNoes(
      OracleTables tables, ContactFacts facts, OraclePlaces places, OracleConsents consents) {
    this.tables = tables;
    this.facts = facts;
    this.places = places;
    this.everyPlace = places.everyPlace();
    this.consents = consents;
  }

  private List<No> noes(Instant at) {
    return said(at).stream().filter(no -> no.until() == null || at.isBefore(no.until())).toList();
  }

  /** All noes, those that have ended by themselves too. */
  private List<No> said(Instant at) {
    var noes = new ArrayList<No>();
    for (Suppression one : facts.suppressions()) {
      if (!one.since().isAfter(at)) {
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
      if (!hits.isEmpty() && places.inForce(row, at)) {
        boolean forEver = hits.stream().anyMatch(no -> no.until() == null);
        Instant until = forEver ? null : hits.stream().map(No::until).max(Instant::compareTo).get();
        denials.add(new OracleDenial(row.cell("→ Code"), row, until));
      }
    }
    return denials;
  }

  /**
   * The rows that hold for noes of suppressions or of the record each of which closes every
   * channel.
   */
  List<OracleRow> closingEverything(Instant at) {
    var closing = closing(at);
    return tables.rows("eligibility/Suppression").stream()
        .filter(row -> places.inForce(row, at))
        .filter(
            row ->
                closing.stream()
                    .anyMatch(
                        no ->
                            Channel.ALL.stream().anyMatch(channel -> holds(row, channel).test(no))))
        .toList();
  }

  /** Until when a no closes every channel, null for ever; none where nothing closes all. */
  Optional<List<@Nullable Instant>> closedUntil(Instant at) {
    var ends = new ArrayList<@Nullable Instant>();
    closing(at).forEach(no -> ends.add(no.until()));
    return ends.isEmpty() ? Optional.empty() : Optional.of(ends);
  }

  private List<No> closing(Instant at) {
    return noes(at).stream()
        .filter(no -> Set.of("suppression", "record").contains(no.from()))
        .filter(no -> Channel.ALL.stream().allMatch(channel -> closes(no, channel, at)))
        .toList();
  }

  private boolean closes(No no, Channel channel, Instant at) {
    return tables.rows("eligibility/Suppression").stream()
        .anyMatch(row -> places.inForce(row, at) && holds(row, channel).test(no));
  }

  /** When noes of the kinds were said on the channel or to all. */
  List<Instant> said(Set<String> kinds, Channel channel, Instant at) {
    return said(at).stream()
        .filter(no -> kinds.contains(no.what()))
        .filter(no -> no.on().equals("all") || no.on().equals(channel.code()))
        .map(No::said)
        .filter(Objects::nonNull)
        .toList();
  }

  private boolean isHere(OracleRow row) {
    return row.open("Where")
        || OracleRow.words(row.cell("Where")).stream().anyMatch(everyPlace::contains);
  }

  private Predicate<No> holds(OracleRow row, Channel channel) {
    return no ->
        isHere(row)
            && row.takes("Known from", no.from())
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
