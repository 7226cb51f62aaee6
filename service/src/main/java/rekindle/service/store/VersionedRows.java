package rekindle.service.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.Rows;

/** Reads rows of ledgers that may have been told anew: of several versions the last one counts. */
final class VersionedRows {
  private VersionedRows() {}

  /** A row that may have been told before, in another version. */
  private record Version<T>(String contactId, long id, T value) {}

  /**
   * @param key what versions of one row have in common, besides the contact
   */
  private static <T> Map<Object, List<Version<T>>> byRow(
      List<Version<T>> all, Function<T, Object> key) {
    all.sort(Comparator.comparingLong(Version::id));
    Map<Object, List<Version<T>>> byRow = new LinkedHashMap<>();
    for (Version<T> version : all) {
      byRow
          .computeIfAbsent(
              List.of(version.contactId(), key.apply(version.value())), k -> new ArrayList<>(1))
          .add(version);
    }
    return byRow;
  }

  private static <T> T last(List<Version<T>> versions) {
    return versions.get(versions.size() - 1).value();
  }

  /** A row stands where its first version was told. */
  private static <T> Rows.Row<T> row(List<Version<T>> versions, T value) {
    Version<T> first = versions.get(0);
    return new Rows.Row<>("", first.contactId(), first.id(), value);
  }

  private static <T> void addLast(Rows<T> rows, List<Version<T>> all, Function<T, Object> key) {
    byRow(all, key).values().forEach(versions -> rows.add(row(versions, last(versions))));
  }

  static void consents(@Nullable String lists, Rows<AddressedConsent> rows) {
    var all = new ArrayList<Version<AddressedConsent>>();
    ListCells.each(
        lists,
        cells -> {
          String contactId = cells.requiredText();
          long id = cells.requiredInteger();
          String address = cells.text();
          var consent =
              new Consent(
                  cells.requiredChannel(),
                  cells.requiredText(),
                  cells.instant(),
                  cells.text(),
                  cells.bool(),
                  cells.text(),
                  cells.text(),
                  cells.bool(),
                  cells.instant());
          all.add(new Version<>(contactId, id, new AddressedConsent(consent, address, null)));
        });
    byRow(all, VersionedRows::sameConsent)
        .values()
        .forEach(versions -> rows.add(row(versions, lastButWithdrawn(versions))));
  }

  private static Object sameConsent(AddressedConsent told) {
    return List.of(
        told.consent().channel(),
        told.consent().basis(),
        String.valueOf(told.consent().capturedAt()),
        String.valueOf(told.address()));
  }

  /** The last version, with the earliest withdrawal of all: it was heard, and stays. */
  private static AddressedConsent lastButWithdrawn(List<Version<AddressedConsent>> versions) {
    AddressedConsent last = last(versions);
    Instant withdrawnAt = null;
    for (Version<AddressedConsent> version : versions) {
      Instant at = version.value().consent().withdrawnAt();
      if (at != null && (withdrawnAt == null || at.isBefore(withdrawnAt))) {
        withdrawnAt = at;
      }
    }
    Consent c = last.consent();
    return new AddressedConsent(
        new Consent(
            c.channel(),
            c.basis(),
            c.capturedAt(),
            c.method(),
            c.textShown(),
            c.source(),
            c.proofHash(),
            c.noticeAtCollection(),
            withdrawnAt),
        last.address(),
        null);
  }

  static void suppressions(@Nullable String lists, Rows<Suppression> rows) {
    var all = new ArrayList<Version<Suppression>>();
    ListCells.each(
        lists,
        cells ->
            all.add(
                new Version<>(
                    cells.requiredText(),
                    cells.requiredInteger(),
                    new Suppression(
                        cells.requiredText(),
                        cells.requiredText(),
                        cells.requiredInstant(),
                        cells.instant()))));
    addLast(rows, all, told -> List.of(told.scope(), told.reason(), told.since()));
  }

  static void incentives(@Nullable String lists, Rows<GrantedIncentive> rows) {
    var all = new ArrayList<Version<GrantedIncentive>>();
    ListCells.each(
        lists,
        cells ->
            all.add(
                new Version<>(
                    cells.requiredText(),
                    cells.requiredInteger(),
                    new GrantedIncentive(
                        cells.requiredText(), cells.requiredInstant(), cells.bool()))));
    addLast(rows, all, told -> List.of(told.code(), told.grantedAt()));
  }

  static void triggers(@Nullable String lists, Rows<Trigger> rows) {
    var all = new ArrayList<Version<Trigger>>();
    ListCells.each(
        lists,
        cells ->
            all.add(
                new Version<>(
                    cells.requiredText(),
                    cells.requiredInteger(),
                    new Trigger(
                        cells.requiredText(),
                        cells.text(),
                        cells.requiredInstant(),
                        cells.bool()))));
    addLast(rows, all, told -> List.of(told.kind(), String.valueOf(told.topic()), told.at()));
  }
}
