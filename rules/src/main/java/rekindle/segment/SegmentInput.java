package rekindle.segment;

import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** What the Segments table compares: ages in milliseconds, codes, counts. */
public final class SegmentInput extends StageInput {
  private final @Nullable String subscriptionStatus;
  private final long subscriptionEndedAgeMs;
  private final long usageLast30Days;
  private final @Nullable String relationship;
  private final long activityBeyondThresholdMs;
  private final long purchaseBeyondThresholdMs;
  private final @Nullable String dealOutcome;
  private final @Nullable String dealStage;
  private final @Nullable String meetingStatus;
  private final long meetingAgeMs;
  private final @Nullable String engagedAfterMeeting;
  private final long engagementAgeMs;
  private final long engagementBeyondThresholdMs;
  private final @Nullable String funnel;

  /** @param values see {@link Values} */
  public SegmentInput(Values values) {
    this.subscriptionStatus = values.subscriptionStatus();
    this.subscriptionEndedAgeMs = values.subscriptionEndedAgeMs();
    this.usageLast30Days = values.usageLast30Days();
    this.relationship = values.relationship();
    this.activityBeyondThresholdMs = values.activityBeyondThresholdMs();
    this.purchaseBeyondThresholdMs = values.purchaseBeyondThresholdMs();
    this.dealOutcome = values.dealOutcome();
    this.dealStage = values.dealStage();
    this.meetingStatus = values.meetingStatus();
    this.meetingAgeMs = values.meetingAgeMs();
    this.engagedAfterMeeting = values.engagedAfterMeeting();
    this.engagementAgeMs = values.engagementAgeMs();
    this.engagementBeyondThresholdMs = values.engagementBeyondThresholdMs();
    this.funnel = values.funnel();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String subscriptionStatus, long subscriptionEndedAgeMs, long usageLast30Days, @Nullable String relationship, long activityBeyondThresholdMs, long purchaseBeyondThresholdMs, @Nullable String dealOutcome, @Nullable String dealStage, @Nullable String meetingStatus, long meetingAgeMs, @Nullable String engagedAfterMeeting, long engagementAgeMs, long engagementBeyondThresholdMs, @Nullable String funnel) {}

  public @Nullable String getSubscriptionStatus() {
    return subscriptionStatus;
  }

  public long getSubscriptionEndedAgeMs() {
    return subscriptionEndedAgeMs;
  }

  public long getUsageLast30Days() {
    return usageLast30Days;
  }

  public @Nullable String getRelationship() {
    return relationship;
  }

  public long getActivityBeyondThresholdMs() {
    return activityBeyondThresholdMs;
  }

  public long getPurchaseBeyondThresholdMs() {
    return purchaseBeyondThresholdMs;
  }

  public @Nullable String getDealOutcome() {
    return dealOutcome;
  }

  public @Nullable String getDealStage() {
    return dealStage;
  }

  public @Nullable String getMeetingStatus() {
    return meetingStatus;
  }

  public long getMeetingAgeMs() {
    return meetingAgeMs;
  }

  public @Nullable String getEngagedAfterMeeting() {
    return engagedAfterMeeting;
  }

  public long getEngagementAgeMs() {
    return engagementAgeMs;
  }

  public long getEngagementBeyondThresholdMs() {
    return engagementBeyondThresholdMs;
  }

  public @Nullable String getFunnel() {
    return funnel;
  }

}
