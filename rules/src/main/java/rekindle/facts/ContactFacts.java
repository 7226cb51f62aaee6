package rekindle.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision may depend on, besides the release and the clock: the facts document of the
 * contract, section 2. Unknown is null; an absent list is empty, because its caller vouches that
 * there is nothing. Codes are the contract's, checked by {@link FactsReader}. Instants have a
 * resolution of one millisecond. Immutable.
 */
public record ContactFacts(
    Contact contact,
    Map<Channel, String> reach,
    Lifecycle lifecycle,
    Value value,
    History history,
    List<Consent> consents,
    List<Suppression> suppressions,
    Registry registry,
    List<Touch> touches,
    List<Response> responses,
    List<Trigger> triggers,
    @Nullable Journey journey,
    Map<Channel, String> channelHealth) {

  public static final Lifecycle NO_LIFECYCLE = new Lifecycle(null, null, null, null, null, null);
  public static final Value NO_VALUE = new Value(null, null, null, null);
  public static final History NO_HISTORY = new History(List.of(), false, List.of());
  public static final Registry NO_REGISTRY = new Registry(List.of(), null);

  public ContactFacts {
    reach = sorted(reach);
    consents = List.copyOf(consents);
    suppressions = List.copyOf(suppressions);
    touches = List.copyOf(touches);
    responses = List.copyOf(responses);
    triggers = List.copyOf(triggers);
    channelHealth = sorted(channelHealth);
  }

  /** The contact asked about. */
  public record Contact(
      String id,
      @Nullable String personId,
      @Nullable String accountId,
      @Nullable String program,
      @Nullable String business,
      @Nullable String language,
      @Nullable String subscriberType,
      @Nullable String relationship,
      List<String> jurisdictions,
      List<String> timeZones,
      @Nullable String source,
      @Nullable String statusAtLastTouch,
      @Nullable String lastTouchChannel,
      @Nullable Instant lastEngagementAt,
      @Nullable Instant lastInquiryAt,
      Map<Channel, Instant> lastInboundAt,
      List<String> doNotContactScope,
      boolean globalPrivacyControl,
      List<String> tags) {
    public Contact {
      jurisdictions = List.copyOf(jurisdictions);
      timeZones = List.copyOf(timeZones);
      lastInboundAt = sorted(lastInboundAt);
      doNotContactScope = List.copyOf(doNotContactScope);
      tags = List.copyOf(tags);
    }

    /** The same contact, heard of at other times. */
    public Contact heardOf(
        @Nullable Instant engagementAt,
        @Nullable Instant inquiryAt,
        Map<Channel, Instant> inboundAt) {
      return new Contact(
          id,
          personId,
          accountId,
          program,
          business,
          language,
          subscriberType,
          relationship,
          jurisdictions,
          timeZones,
          source,
          statusAtLastTouch,
          lastTouchChannel,
          engagementAt,
          inquiryAt,
          inboundAt,
          doNotContactScope,
          globalPrivacyControl,
          tags);
    }
  }

  /** Where the person stands with the business. */
  public record Lifecycle(
      @Nullable Subscription subscription,
      @Nullable Orders orders,
      @Nullable Instant lastLoginAt,
      @Nullable Deal deal,
      @Nullable Meeting meeting,
      @Nullable String funnel) {}

  public record Subscription(
      @Nullable String status,
      @Nullable Instant endedAt,
      @Nullable String reason,
      @Nullable Long usageLast30Days) {}

  public record Orders(@Nullable Long count, @Nullable Instant lastPurchaseAt) {}

  public record Deal(
      @Nullable String stage,
      @Nullable String outcome,
      @Nullable Instant closedAt,
      @Nullable String lossReason,
      @Nullable BigDecimal quotedPrice) {}

  public record Meeting(@Nullable Instant scheduledFor, @Nullable String status) {}

  /** Money in the contact's currency; the margin is a fraction of 1. */
  public record Value(
      @Nullable String currency,
      @Nullable BigDecimal lifetimeValue,
      @Nullable BigDecimal acquisitionCost,
      @Nullable BigDecimal grossMarginRate) {}

  public record History(
      List<Instant> winBackAt, boolean openEscalation, List<GrantedIncentive> incentives) {
    public History {
      winBackAt = List.copyOf(winBackAt);
      incentives = List.copyOf(incentives);
    }
  }

  public record GrantedIncentive(String code, Instant grantedAt, @Nullable Boolean redeemed) {}

  /**
   * A stored consent; without {@code capturedAt}, {@code method} or {@code textShown} it counts as
   * absent.
   */
  public record Consent(
      Channel channel,
      String basis,
      @Nullable Instant capturedAt,
      @Nullable String method,
      @Nullable Boolean textShown,
      @Nullable String source,
      @Nullable String proofHash,
      @Nullable Boolean noticeAtCollection,
      @Nullable Instant withdrawnAt) {}

  /**
   * A no, for one channel or all.
   *
   * @param scope a channel's code, or {@code all}
   */
  public record Suppression(String scope, String reason, Instant since, @Nullable Instant until) {}

  public record Registry(List<ListAnswer> lists, @Nullable Reassigned reassigned) {
    public Registry {
      lists = List.copyOf(lists);
    }
  }

  public record ListAnswer(String name, boolean listed, Instant checkedAt) {}

  public record Reassigned(String answer, Instant checkedAt) {}

  public record Touch(
      @Nullable String id,
      String sequence,
      int step,
      Channel channel,
      Instant at,
      String outcome) {}

  public record Response(
      Instant at, @Nullable Channel channel, String kind, @Nullable String disposition) {}

  public record Trigger(
      String kind, @Nullable String topic, Instant at, @Nullable Boolean matchesGap) {}

  public record Journey(
      String sequence,
      Instant enteredAt,
      @Nullable Instant pausedUntil,
      @Nullable Instant endedAt,
      @Nullable String endReason) {}

  private static <V> Map<Channel, V> sorted(Map<Channel, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
