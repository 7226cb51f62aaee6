package rekindle.service.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Consent;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.Rows.Row;

/**
 * Writes consents. The same consent is the one of the same contact, channel, basis, moment and
 * address; told otherwise than before, it is its next version.
 */
final class ConsentWriter {
  private static final String PROOF = "proof";

  private static final String INSERT =
      """
      insert into consent (
          contact_id, address_id, channel, basis, captured_at, method, text_shown, source,
          proof_hash, proof_uri, proof_uri_key, notice_at_collection, withdrawn_at, content)
      select r.contact_id, r.address_id, r.channel, r.basis, r.captured_at, r.method, r.text_shown,
             r.source, r.proof_hash, r.proof_uri, r.proof_uri_key, r.notice_at_collection,
             r.withdrawn_at, r.content
        from json_to_recordset(cast(:rows as json)) as r(
          n integer, contact_id text, address_id bigint, channel text, basis text,
          captured_at timestamptz, method text, text_shown boolean, source text, proof_hash text,
          proof_uri bytea, proof_uri_key text, notice_at_collection boolean,
          withdrawn_at timestamptz, content bytea)
       where r.content is distinct from (
         select c.content from consent c
          where c.contact_id = r.contact_id
            and (c.channel, c.basis) = (r.channel, r.basis)
            and c.captured_at is not distinct from r.captured_at
            and c.address_id is not distinct from r.address_id
          order by c.id desc
          limit 1)
       order by r.n
      """;

  private final Identities identities;

  ConsentWriter(Identities identities) {
    this.identities = identities;
  }

  Written write(Handle handle, List<Row<AddressedConsent>> rows) {
    Map<String, Long> addresses = addresses(handle, rows);
    var batch =
        RowBatch.of(
            handle,
            rows,
            row -> {
              Consent consent = row.value().consent();
              return List.of(
                  consent.channel(),
                  consent.basis(),
                  String.valueOf(consent.capturedAt()),
                  String.valueOf(row.value().address()));
            });
    return batch.write(INSERT, (row, out) -> fields(row.value(), addresses, out));
  }

  private Map<String, Long> addresses(Handle handle, List<Row<AddressedConsent>> rows) {
    Set<String> texts = new HashSet<>();
    for (Row<AddressedConsent> row : rows) {
      String address = row.value().address();
      if (address != null) {
        texts.add(address);
      }
    }
    return texts.isEmpty() ? new HashMap<>() : identities.resolve(handle, texts);
  }

  private void fields(AddressedConsent told, Map<String, Long> addresses, JsonRows out) {
    Consent consent = told.consent();
    @Nullable Long address = told.address() == null ? null : addresses.get(told.address());
    out.integer("address_id", address)
        .text("channel", consent.channel().code())
        .text("basis", consent.basis())
        .instant("captured_at", consent.capturedAt())
        .text("method", consent.method())
        .bool("text_shown", consent.textShown())
        .text("source", consent.source())
        .text("proof_hash", consent.proofHash())
        .bool("notice_at_collection", consent.noticeAtCollection())
        .instant("withdrawn_at", consent.withdrawnAt())
        .bytes("content", content(consent, address));
    String proof = told.proofUri();
    if (proof != null) {
      Identities.Sealed sealed = identities.seal(PROOF, proof);
      out.bytes("proof_uri", sealed.bytes()).text("proof_uri_key", sealed.keyId());
    }
  }

  private static byte[] content(Consent consent, @Nullable Long address) {
    return Content.of(
        consent.channel().code(),
        consent.basis(),
        consent.capturedAt(),
        consent.method(),
        consent.textShown(),
        consent.source(),
        consent.proofHash(),
        consent.noticeAtCollection(),
        consent.withdrawnAt(),
        address);
  }
}
