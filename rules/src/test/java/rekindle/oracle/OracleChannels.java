package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Touch;

/** Whether a channel may be used at an instant, with what is known. */
final class OracleChannels {
  /** What permits a channel, when that ends, and what stands against it. */
  record Answer(@Nullable OracleRow ground, List<OracleRow> consents, List<OracleDenial> denials) {
    @Nullable String basis() {
      return ground == null ? null : ground.cell("→ Basis or code");
    }

    boolean allowed() {
      return denials.isEmpty();
    }

    boolean forGood() {
      return denials.stream().anyMatch(OracleDenial::forGood);
    }
  }

  private final OracleTables tables;
  private final ContactFacts facts;
  private final OraclePlaces places;
  private final OracleConsents consents;
  private final OracleNoes noes;
  private final int tier;
  private final Map<Channel, OracleHours> hours = new EnumMap<>(Channel.class);

  OracleChannels(OracleTables tables, ContactFacts facts, OraclePlaces places, int tier) {
    this.tables = tables;
    this.facts = facts;
    this.places = places;
    this.tier = tier;
    consents = new OracleConsents(facts, places);
    noes = new OracleNoes(tables, facts, places, consents);
  }

  Answer at(Channel channel, Instant at) {
    var denials = new ArrayList<OracleDenial>();
    OracleRow ground = null;
    var hits = permitting(channel, at);
    if (hits.stream().allMatch(row -> row.cell("→ Result").equals("allow"))) {
      ground =
          hits.stream()
              .min(
                  Comparator.comparing((OracleRow row) -> orMax(end(row, channel, at)))
                      .thenComparingInt(OracleRow::number))
              .orElseThrow();
    }
    hits.stream()
        .filter(row -> row.cell("→ Result").equals("deny"))
        .distinct()
        .forEach(row -> denials.add(new OracleDenial(row.cell("→ Basis or code"), row, null)));
    denials.addAll(noes.denials(channel, at));
    denials.addAll(closed(channel, at));
    denials.addAll(caps(channel, at));
    deny(denials, tables.rows("eligibility/Address"), row -> address(row, channel));
    deny(
        denials,
        places.allHits("eligibility/Registries", at, row -> registry(row, channel, at)),
        row -> true);
    deny(denials, tables.rows("eligibility/Holds"), row -> hold(row, channel));
    denials.sort(OracleDenial.ORDER);
    return new Answer(ground, hits, List.copyOf(denials));
  }

  private List<OracleRow> permitting(Channel channel, Instant at) {
    return places.firstHits("eligibility/Consent", at, row -> consent(row, channel, at));
  }

  /** The first instant at which other rows permit or deny, sought by halves; null within days. */
  @Nullable Instant groundEnds(Channel channel, Instant at, int days) {
    var rows = permitting(channel, at);
    Instant same = at;
    Instant other = at.plus(Duration.ofDays(days));
    if (permitting(channel, other).equals(rows)) {
      return null;
    }
    while (Duration.between(same, other).toMillis() > 1) {
      Instant between = same.plusMillis(Duration.between(same, other).toMillis() / 2);
      if (permitting(channel, between).equals(rows)) {
        same = between;
      } else {
        other = between;
      }
    }
    return other;
  }

  /** When the ground of a row ends, or a row above it takes over because of a long silence. */
  private @Nullable Instant end(OracleRow row, Channel channel, Instant at) {
    Instant end = consents.end(row, channel, at);
    for (OracleRow above : tables.rows("eligibility/Consent")) {
      if (above.number() < row.number()
          && above.cell("Where").equals(row.cell("Where"))
          && above.takes("Channel", channel.code())) {
        Instant silent = consents.silentFrom(above);
        end = silent != null && silent.isAfter(at) ? OracleConsents.earlier(end, silent) : end;
      }
    }
    return end;
  }

  private static Instant orMax(@Nullable Instant at) {
    return at == null ? Instant.MAX : at;
  }

  private static void deny(
      List<OracleDenial> denials, List<OracleRow> rows, Predicate<OracleRow> holds) {
    rows.stream()
        .filter(holds)
        .forEach(row -> denials.add(new OracleDenial(row.cell("→ Code"), row, null)));
  }

  private boolean consent(OracleRow row, Channel channel, Instant at) {
    boolean asked =
        facts.touches().stream()
            .anyMatch(
                touch ->
                    touch.sequence().equals("re_permission") && OracleSteps.countsForCaps(touch));
    return row.takes("Channel", channel.code())
        && row.takes("Program", facts.contact().program())
        && known(row)
        && row.takes("Relationship", facts.contact().relationship())
        && row.takes("Lead source", facts.contact().source())
        && (row.open("On list")
            || OracleRow.words(row.cell("On list")).stream().anyMatch(this::listed))
        && row.takesYes("Asked for permission again", asked)
        && consents.holds(row, channel, at);
  }

  /** Whether what is known of the business and of the subscriber fits the row. */
  private boolean known(OracleRow row) {
    String subscriber = facts.contact().subscriberType();
    return row.takes("Business", facts.contact().business())
        && row.takes("Subscriber", "unknown".equals(subscriber) ? null : subscriber);
  }

  /** Of several answers of a list the worst of each counts: listed, and the oldest. */
  private @Nullable ListAnswer answer(String list) {
    var answers = facts.registry().lists().stream().filter(one -> one.name().equals(list)).toList();
    return answers.stream()
        .map(ListAnswer::checkedAt)
        .min(Comparator.naturalOrder())
        .map(at -> new ListAnswer(list, answers.stream().anyMatch(ListAnswer::listed), at))
        .orElse(null);
  }

  private boolean listed(String list) {
    var answer = answer(list);
    return answer != null && answer.listed();
  }

  private boolean registry(OracleRow row, Channel channel, Instant at) {
    String list = row.cell("List");
    String answer = null;
    Instant checkedAt = null;
    if (list.equals("reassigned")) {
      var reassigned = facts.registry().reassigned();
      if (reassigned != null) {
        answer = reassigned.answer();
        checkedAt = reassigned.checkedAt();
      }
    } else if (answer(list) != null) {
      var found = Objects.requireNonNull(answer(list));
      answer = found.listed() ? "listed" : "not_listed";
      checkedAt = found.checkedAt();
    }
    String tooOld = "Asked, days ago: more than, or never";
    String purchase = "No purchase, months: within";
    String inquiry = "No inquiry, months: within";
    var orders = facts.lifecycle().orders();
    return row.takes("Channel", channel.code())
        && row.takes("Answer", answer)
        && (row.open(tooOld)
            || checkedAt == null
            || Duration.between(checkedAt, at).compareTo(row.days(tooOld)) > 0)
        && row.takes("Express consent", consents.express(channel))
        && known(row)
        && (row.open("No express consent, months: within")
            || !consents.expressWithin(
                channel, at, row.whole("No express consent, months: within")))
        && (row.open(purchase)
            || orders == null
            || !places.withinMonths(orders.lastPurchaseAt(), at, row.whole(purchase)))
        && (row.open(inquiry)
            || !places.withinMonths(facts.contact().lastInquiryAt(), at, row.whole(inquiry)));
  }

  private boolean address(OracleRow row, Channel channel) {
    String reach = facts.reach().get(channel);
    return row.takes("Channel", channel.code())
        && row.takes("Address is", reach == null ? "none" : reach);
  }

  private boolean hold(OracleRow row, Channel channel) {
    String health = facts.channelHealth().get(channel);
    return row.takes("Channel", channel.code())
        && row.takesYes("Open escalation", facts.history().openEscalation())
        && row.takes("Channel health", health == null ? "ok" : health)
        && (row.open("Tier: at least") || tier >= row.whole("Tier: at least"))
        && row.takesYes("Global privacy control", facts.contact().globalPrivacyControl())
        && row.takes("Zone data", "current");
  }

  private List<OracleDenial> caps(Channel channel, Instant at) {
    var denials = new ArrayList<OracleDenial>();
    for (OracleRow row :
        places.allHits(
            "eligibility/Caps",
            at,
            row -> row.takes("Channel", channel.code()) && consents.quiet(row, at))) {
      var window = Duration.ofHours(row.whole("Window, hours"));
      var counted =
          counted(row.cell("Counted"), channel, at).stream()
              .filter(touched -> touched.isAfter(at.minus(window)) && !touched.isAfter(at))
              .sorted()
              .toList();
      int most = row.whole("Touches: at least");
      if (counted.size() >= most) {
        Instant leaves = counted.get(counted.size() - most).plus(window);
        denials.add(new OracleDenial(row.cell("→ Code"), row, leaves));
      }
    }
    return denials;
  }

  private List<Instant> counted(String cell, Channel channel, Instant at) {
    var what = Set.copyOf(OracleRow.words(cell));
    Stream<Instant> touches =
        facts.touches().stream()
            .filter(OracleSteps::countsForCaps)
            .filter(touch -> what.stream().anyMatch(code -> isOf(touch, code, channel)))
            .map(Touch::at);
    return Stream.concat(touches, noes.said(what, channel, at).stream()).toList();
  }

  private static boolean isOf(Touch touch, String what, Channel channel) {
    return switch (what) {
      case "every_channel" -> true;
      case "calls_and_texts" -> touch.channel() == Channel.PHONE || touch.channel() == Channel.SMS;
      case "same_channel" -> touch.channel() == channel;
      default -> false;
    };
  }

  OracleNoes noes() {
    return noes;
  }

  OracleHours hours(Channel channel) {
    return hours.computeIfAbsent(
        channel,
        one ->
            new OracleHours(
                places,
                places.allHits(
                    "eligibility/Hours",
                    row ->
                        row.takes("Channel", one.code())
                            && row.takesYes("Time zone known", places.ownZones))));
  }

  private List<OracleDenial> closed(Channel channel, Instant at) {
    var denials = new ArrayList<OracleDenial>();
    var open = hours(channel);
    if (!open.open(at)) {
      Instant until = open.opensAt(at);
      for (OracleRow row : open.rows()) {
        open.closedBy(row, at).forEach(code -> denials.add(new OracleDenial(code, row, until)));
      }
    }
    return denials;
  }

  List<String> elements(Channel channel, Instant at) {
    var elements = new TreeSet<String>();
    places
        .allHits("eligibility/Elements", at, row -> row.takes("Channel", channel.code()))
        .forEach(row -> elements.addAll(row.list("→ Elements")));
    return List.copyOf(elements);
  }
}
