package rekindle.service.intake;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.code.Currencies;
import rekindle.code.Vocabulary;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.Vocabularies;
import rekindle.service.address.Address;
import rekindle.service.hash.Sha256;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.Purchase;
import rekindle.service.record.RegistryAnswer;

/**
 * Reads one row about a contact into its record, whatever it was written in. A row that cannot be
 * read is bad and reads as null, or as a record that nobody may use.
 */
final class RelatedRows {
  private static final BigDecimal MOST_MONEY = new BigDecimal("999999999999999");

  private static final Vocabulary ANSWER =
      Vocabulary.of(
          "registry answer",
          "listed",
          "the list holds the number",
          "not_listed",
          "the list does not hold the number",
          "yes",
          "listed, or reassigned",
          "no",
          "not listed, or not reassigned",
          "no_data",
          "the database of reassigned numbers does not know");

  private RelatedRows() {}

  /**
   * @param country of the contact, for telephone numbers without one; or null
   */
  static @Nullable AddressedConsent consent(TypedRow row, @Nullable String country) {
    String channel = row.requiredCode("channel", Vocabularies.CHANNEL);
    String basis = row.requiredCode("basis", Vocabularies.BASIS);
    String proof = row.link("proof_uri");
    String address = row.address("address");
    Instant withdrawnAt = row.instant("withdrawn_at");
    Instant capturedAt = row.instant("captured_at");
    String method = row.code("method", Vocabularies.METHOD);
    Boolean textShown = row.yesNo("text_shown");
    String source = row.text("source");
    Boolean notice = row.yesNo("notice_at_collection");
    if (row.isBad() || channel == null || basis == null) {
      return null;
    }
    var consent =
        new Consent(
            Channel.of(channel).orElseThrow(),
            basis,
            capturedAt,
            method,
            textShown,
            source,
            proof == null ? null : "sha256:" + Sha256.hex(proof.getBytes(StandardCharsets.UTF_8)),
            notice,
            withdrawnAt);
    return new AddressedConsent(
        consent, address == null ? null : Address.normalised(address, country), proof);
  }

  static @Nullable Suppression suppression(TypedRow row) {
    String scope = row.requiredCode("scope", Vocabularies.SCOPE);
    String reason = row.requiredCode("reason", Vocabularies.SUPPRESSION_REASON);
    Instant since = row.requiredInstant("since");
    Instant until = row.instant("until");
    return scope == null || reason == null || since == null
        ? null
        : new Suppression(scope, reason, since, until);
  }

  static Subscription subscription(TypedRow row) {
    return new Subscription(
        row.code("status", Vocabularies.SUBSCRIPTION_STATUS),
        row.instant("ended_at"),
        row.text("reason"),
        row.count("usage_last_30_days"));
  }

  static @Nullable Purchase purchase(TypedRow row) {
    Instant at = row.requiredInstant("ordered_at");
    BigDecimal amount = row.decimal("amount", MOST_MONEY.negate(), MOST_MONEY);
    String currency = row.cell("currency");
    if (currency != null && !Currencies.isKnown(currency)) {
      row.error("currency", currency, "That is no ISO 4217 currency; write it like USD or EUR.");
    }
    boolean cancelled = Boolean.TRUE.equals(row.yesNo("cancelled"));
    return at == null ? null : new Purchase(at, amount, currency, cancelled);
  }

  static Deal deal(TypedRow row) {
    return new Deal(
        row.code("stage", Vocabularies.DEAL_STAGE),
        row.code("outcome", Vocabularies.DEAL_OUTCOME),
        row.instant("closed_at"),
        row.code("loss_reason", Vocabularies.LOSS_REASON),
        row.decimal("quoted_price", BigDecimal.ZERO, MOST_MONEY));
  }

  static Meeting meeting(TypedRow row) {
    return new Meeting(
        row.instant("scheduled_for"), row.code("status", Vocabularies.MEETING_STATUS));
  }

  static @Nullable Response response(TypedRow row) {
    Instant at = row.requiredInstant("at");
    String channel = row.code("channel", Vocabularies.CHANNEL);
    String kind = row.requiredCode("kind", Vocabularies.RESPONSE_KIND);
    String disposition = row.code("disposition", Vocabularies.DISPOSITION);
    return at == null || kind == null
        ? null
        : new Response(
            at, channel == null ? null : Channel.of(channel).orElseThrow(), kind, disposition);
  }

  static @Nullable RegistryAnswer registryAnswer(TypedRow row) {
    String registry = row.required("registry");
    boolean reassigned = "reassigned".equals(registry);
    if (registry != null && !reassigned) {
      registry = row.code("registry", Vocabularies.LIST);
    }
    String answer = row.requiredCode("answer", ANSWER);
    Instant checkedAt = row.requiredInstant("checked_at");
    if (answer != null && answer.equals(reassigned ? "listed" : "no_data")) {
      row.error(
          "answer",
          answer,
          reassigned ? "Expected yes, no or no_data." : "Expected listed or not_listed.");
    }
    return registry == null || answer == null || checkedAt == null
        ? null
        : new RegistryAnswer(registry, answer, checkedAt);
  }

  static @Nullable GrantedIncentive incentive(TypedRow row) {
    String code = row.requiredCode("code", Vocabularies.INCENTIVE);
    Instant grantedAt = row.requiredInstant("granted_at");
    Boolean redeemed = row.yesNo("redeemed");
    return code == null || grantedAt == null
        ? null
        : new GrantedIncentive(code, grantedAt, redeemed);
  }
}
