package rekindle.service.ids;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TouchIdsTest {
  /** Platforms hold ids for years: how they are made must never change. */
  private static final String FIRST = "5f7a62c0-e7b2-84dc-be9d-1586fffd020c";

  private static final String THIRD = "6ad47564-d1c3-8bd9-ba90-fe8f6d7bce7b";

  @Test
  void id_isOfItsPersonSequenceAndStep_howeverManyCameBefore() {
    for (String id : new String[] {FIRST, THIRD}) {
      assertThat(TouchIds.isOf(id, "p-1", "standard_five", 1)).as(id).isTrue();
      assertThat(TouchIds.isOf(id, "p-2", "standard_five", 1)).isFalse();
      assertThat(TouchIds.isOf(id, "p-1", "stalled", 1)).isFalse();
      assertThat(TouchIds.isOf(id, "p-1", "standard_five", 2)).isFalse();
    }
    assertThat(TouchIds.isOf("x", "p-1", "standard_five", 1)).isFalse();
  }
}
