package rekindle.segment;

import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Segments table compares: ages in milliseconds, codes, counts. */
public final class SegmentInput extends StageInput {
  private final Values values;

  public SegmentInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(
      @Nullable String subscriptionStatus,
      long subscriptionEndedAgeMs,
      long usageLast30Days,
      @Nullable String relationship,
      long activityBeyondThresholdMs,
      long purchaseBeyondThresholdMs,
      @Nullable String dealOutcome,
      @Nullable String dealStage,
      @Nullable String meetingStatus,
      long meetingAgeMs,
      @Nullable String engagedAfterMeeting,
      long engagementAgeMs,
      long engagementBeyondThresholdMs,
      @Nullable String funnel) {}

  public @Nullable String getSubscriptionStatus() {
    return values.subscriptionStatus();
  }

  public long getSubscriptionEndedAgeMs() {
    return values.subscriptionEndedAgeMs();
  }

  public long getUsageLast30Days() {
    return values.usageLast30Days();
  }

  public @Nullable String getRelationship() {
    return values.relationship();
  }

  public long getActivityBeyondThresholdMs() {
    return values.activityBeyondThresholdMs();
  }

  public long getPurchaseBeyondThresholdMs() {
    return values.purchaseBeyondThresholdMs();
  }

  public @Nullable String getDealOutcome() {
    return values.dealOutcome();
  }

  public @Nullable String getDealStage() {
    return values.dealStage();
  }

  public @Nullable String getMeetingStatus() {
    return values.meetingStatus();
  }

  public long getMeetingAgeMs() {
    return values.meetingAgeMs();
  }

  public @Nullable String getEngagedAfterMeeting() {
    return values.engagedAfterMeeting();
  }

  public long getEngagementAgeMs() {
    return values.engagementAgeMs();
  }

  public long getEngagementBeyondThresholdMs() {
    return values.engagementBeyondThresholdMs();
  }

  public @Nullable String getFunnel() {
    return values.funnel();
  }
}
