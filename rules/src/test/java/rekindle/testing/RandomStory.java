package rekindle.testing;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.Vocabularies;

/** How a made-up person came to fall silent, or did not. */
record RandomStory(
    String program,
    String relationship,
    @Nullable Instant lastEngagementAt,
    Lifecycle lifecycle,
    String sequence) {

  static RandomStory draw(Draw draw, Instant asOf) {
    return switch (draw.below(9)) {
      case 0, 1 -> churned(draw, asOf);
      case 2 -> lapsed(draw, asOf);
      case 3 -> closedLost(draw, asOf);
      case 4 -> noShow(draw, asOf);
      case 5 -> stalledDeal(draw, asOf);
      case 6 -> stalledFunnel(draw, asOf);
      case 7 -> earlyDropOff(draw, asOf);
      default -> mixed(draw, asOf);
    };
  }

  private static RandomStory churned(Draw draw, Instant asOf) {
    var subscription =
        new Subscription(
            draw.of("cancelled", "cancelled", "lapsed"),
            draw.maybe(draw.ago(asOf, 420)),
            draw.maybe(draw.of("price", "moved", "feature_gap")),
            draw.maybe((long) draw.below(3) / 2));
    return new RandomStory(
        draw.of("b2b_saas", "subscription", "telecom"),
        "former_customer",
        draw.maybe(draw.ago(asOf, 500)),
        new Lifecycle(subscription, null, draw.maybe(draw.ago(asOf, 450)), null, null, null),
        draw.of("churned", "churned", "churned_trigger", "re_permission"));
  }

  private static RandomStory lapsed(Draw draw, Instant asOf) {
    var orders = new Orders(draw.maybe((long) draw.below(40)), draw.maybe(draw.ago(asOf, 500)));
    return new RandomStory(
        draw.of("ecommerce", "retail"),
        draw.of("customer", "former_customer"),
        draw.maybe(draw.ago(asOf, 500)),
        new Lifecycle(
            null, orders, draw.chance(1, 3) ? draw.ago(asOf, 400) : null, null, null, null),
        "lapsed");
  }

  private static RandomStory closedLost(Draw draw, Instant asOf) {
    var deal =
        new Deal(
            draw.maybe(draw.code(Vocabularies.DEAL_STAGE)),
            "lost",
            draw.maybe(draw.ago(asOf, 500)),
            draw.maybe(draw.code(Vocabularies.LOSS_REASON)),
            price(draw));
    return new RandomStory(
        draw.of("b2b_saas", "high_ticket"),
        "lead",
        draw.maybe(draw.ago(asOf, 500)),
        new Lifecycle(null, null, null, deal, null, draw.maybe("quote")),
        "closed_lost");
  }

  private static RandomStory noShow(Draw draw, Instant asOf) {
    return new RandomStory(
        draw.code(Vocabularies.PROGRAM),
        "lead",
        draw.maybe(draw.ago(asOf, 200)),
        new Lifecycle(
            null,
            null,
            null,
            draw.chance(1, 3) ? openDeal(draw) : null,
            new Meeting(draw.maybe(draw.ago(asOf, 120)), "no_show"),
            draw.maybe(draw.code(Vocabularies.FUNNEL))),
        "no_show");
  }

  private static RandomStory stalledDeal(Draw draw, Instant asOf) {
    var meeting =
        draw.chance(1, 3)
            ? new Meeting(draw.ago(asOf, 200), draw.code(Vocabularies.MEETING_STATUS))
            : null;
    return new RandomStory(
        draw.of("b2b_saas", "high_ticket"),
        "lead",
        draw.maybe(draw.ago(asOf, 300)),
        new Lifecycle(null, null, null, openDeal(draw), meeting, draw.maybe("trial")),
        "stalled");
  }

  private static RandomStory stalledFunnel(Draw draw, Instant asOf) {
    return new RandomStory(
        draw.code(Vocabularies.PROGRAM),
        "lead",
        draw.maybe(draw.ago(asOf, 300)),
        new Lifecycle(
            null, null, null, null, null, draw.of("trial", "quote", "application", "consultation")),
        "standard_five");
  }

  private static RandomStory earlyDropOff(Draw draw, Instant asOf) {
    return new RandomStory(
        draw.code(Vocabularies.PROGRAM),
        "lead",
        draw.maybe(draw.ago(asOf, 300)),
        new Lifecycle(
            null, null, null, null, null, draw.of("content_download", "webinar", "form_fill")),
        "early_drop_off");
  }

  /** Anything beside anything: active subscriptions, won deals, meetings to come. */
  private static RandomStory mixed(Draw draw, Instant asOf) {
    var subscription =
        new Subscription(
            draw.maybe(draw.code(Vocabularies.SUBSCRIPTION_STATUS)),
            draw.chance(1, 3) ? draw.ago(asOf, 200) : null,
            null,
            draw.maybe((long) draw.below(200)));
    var deal =
        new Deal(
            draw.maybe(draw.code(Vocabularies.DEAL_STAGE)),
            draw.maybe(draw.code(Vocabularies.DEAL_OUTCOME)),
            draw.chance(1, 2) ? draw.ago(asOf, 200) : null,
            null,
            price(draw));
    var meeting =
        new Meeting(draw.ago(asOf, 30), draw.maybe(draw.code(Vocabularies.MEETING_STATUS)));
    return new RandomStory(
        draw.code(Vocabularies.PROGRAM),
        draw.code(Vocabularies.RELATIONSHIP),
        draw.maybe(draw.ago(asOf, 200)),
        new Lifecycle(
            draw.maybe(subscription),
            draw.chance(1, 3) ? new Orders(0L, null) : null,
            draw.chance(1, 3) ? draw.ago(asOf, 100) : null,
            draw.chance(1, 2) ? deal : null,
            draw.chance(1, 2) ? meeting : null,
            draw.maybe(draw.code(Vocabularies.FUNNEL))),
        draw.code(Vocabularies.SEQUENCE));
  }

  private static Deal openDeal(Draw draw) {
    return new Deal(draw.code(Vocabularies.DEAL_STAGE), "open", null, null, price(draw));
  }

  private static @Nullable BigDecimal price(Draw draw) {
    return draw.chance(1, 2) ? draw.decimal(2_000_000) : null;
  }
}
