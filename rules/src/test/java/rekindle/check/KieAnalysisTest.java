package rekindle.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.feel.runtime.Range.RangeBoundary;
import org.kie.dmn.validation.DMNValidator.Validation;
import org.kie.dmn.validation.dtanalysis.InternalDMNDTAnalyserFactory;
import org.kie.dmn.validation.dtanalysis.model.Bound;
import org.kie.dmn.validation.dtanalysis.model.DTAnalysis;
import org.kie.dmn.validation.dtanalysis.model.Hyperrectangle;
import org.kie.dmn.validation.dtanalysis.model.Interval;
import org.kie.dmn.validation.dtanalysis.model.Overlap;
import org.kie.internal.io.ResourceFactory;
import rekindle.check.NumericTables.Numeric;
import rekindle.check.NumericTables.Range;

/**
 * Gaps and overlaps of numeric first-hit tables are those that the analysis of kie-dmn-validation
 * finds. Both are compared point by point, on every bound and between all neighbouring ones, since
 * the same region may be cut into boxes in many ways.
 *
 * <p>Within one input all ranges are of one kind, {@code (1..3]} or {@code [1..3)}: where one
 * begins with 1 and another just above it, the analysis of kie-dmn-validation 10.2.0 loses the
 * point 1. Mixed ranges are held against trying every point.
 */
final class KieAnalysisTest {
  private static final long SEED = 20_261_123;
  private static final int TABLES = 300;
  private static final int PARTS_MAX = 10_000;

  /** What our analysis says of one table. */
  private static final class Ours {
    final TableSpace table;
    final List<Box> gaps;

    Ours(Numeric numeric) {
      table = new TableSpace(NumericTables.ours(numeric), TableMeaning.plain());
      gaps =
          new Cover(table.space())
              .outside(table.space().everything(), table.boxes(), PARTS_MAX)
              .parts();
    }

    boolean isGap(long[] point) {
      return gaps.stream().anyMatch(box -> contains(table, box, point));
    }

    /** Numbers of the rows that share the point with another. */
    Set<Integer> overlapping(long[] point) {
      var rows = new TreeSet<Integer>();
      for (int one = 0; one < table.boxes().size(); one++) {
        for (int other = one + 1; other < table.boxes().size(); other++) {
          Box shared = table.space().intersection(table.boxes().get(one), table.boxes().get(other));
          if (shared != null && contains(table, shared, point)) {
            rows.add(one + 1);
            rows.add(other + 1);
          }
        }
      }
      return rows;
    }
  }

  @Test
  void gapsAndOverlaps_analysedByKie_areEqual() {
    List<Numeric> tables = tables(SEED, false);
    List<DTAnalysis> analyses = analyses(tables);
    assertThat(analyses).hasSize(TABLES);
    int gaps = 0;
    int overlaps = 0;
    for (int n = 0; n < TABLES; n++) {
      DTAnalysis kie = analyses.get(n);
      assertThat(kie.isError()).as("table %d of seed %d", n, SEED).isFalse();
      var ours = new Ours(tables.get(n));
      for (long[] point : points(tables.get(n).inputs())) {
        Set<Integer> rows = ours.overlapping(point);
        boolean gap = ours.isGap(point);
        boolean kieGap = kie.getGaps().stream().anyMatch(region -> contains(region, point));
        if (gap != kieGap || !rows.equals(overlapping(kie.getOverlaps(), point))) {
          fail(
              "table %d of seed %d at %s: %s%nours: gap %s, overlap %s%nkie: gaps %s, %s",
              n, SEED, halves(point), tables.get(n), gap, rows, kie.getGaps(), kie.getOverlaps());
        }
        gaps += gap ? 1 : 0;
        overlaps += rows.isEmpty() ? 0 : 1;
      }
    }
    assertThat(gaps).isGreaterThan(TABLES);
    assertThat(overlaps).isGreaterThan(TABLES);
  }

  @Test
  void gapsAndOverlaps_mixedRangesEveryPointTried_areEqual() {
    List<Numeric> tables = tables(SEED + 1, true);
    for (int n = 0; n < TABLES; n++) {
      var ours = new Ours(tables.get(n));
      for (long[] point : points(tables.get(n).inputs())) {
        Set<Integer> holding = holding(tables.get(n), point);
        Set<Integer> shared = holding.size() > 1 ? holding : Set.of();
        if (ours.isGap(point) != holding.isEmpty() || !ours.overlapping(point).equals(shared)) {
          fail("table %d of seed %d at %s: %s", n, SEED + 1, halves(point), tables.get(n));
        }
      }
    }
  }

  private static List<Numeric> tables(long seed, boolean mixed) {
    var random = new NumericTables(seed);
    var tables = new ArrayList<Numeric>();
    for (int n = 0; n < TABLES; n++) {
      tables.add(random.next(mixed));
    }
    return tables;
  }

  private static Set<Integer> holding(Numeric table, long[] point) {
    var rows = new TreeSet<Integer>();
    for (int row = 0; row < table.rows().size(); row++) {
      List<Range> ranges = table.rows().get(row);
      boolean holds = true;
      for (int input = 0; input < ranges.size(); input++) {
        holds &= ranges.get(input).holds(point[input]);
      }
      if (holds) {
        rows.add(row + 1);
      }
    }
    return rows;
  }

  private static List<DTAnalysis> analyses(List<Numeric> tables) {
    DMNRuntime runtime =
        DMNRuntimeBuilder.fromDefaults()
            .buildConfiguration()
            .fromResources(
                List.of(
                    ResourceFactory.newReaderResource(new StringReader(NumericTables.dmn(tables)))))
            .getOrElseThrow(IllegalStateException::new);
    DMNModel model = runtime.getModels().get(0);
    assertThat(model.hasErrors()).as("%s", model.getMessages()).isFalse();
    return InternalDMNDTAnalyserFactory.newDMNDTAnalyser(List.of())
        .analyse(model, Set.of(Validation.ANALYZE_DECISION_TABLE));
  }

  /** Every combination of numbers in halves, from below the least bound to above the greatest. */
  private static List<long[]> points(int inputs) {
    int each = (int) (NumericTables.HALVES * (NumericTables.BOUND_MAX + 2)) - 1;
    var points = new ArrayList<long[]>();
    for (int n = 0; n < Math.pow(each, inputs); n++) {
      var point = new long[inputs];
      int rest = n;
      for (int input = 0; input < inputs; input++) {
        point[input] = rest % each - 1;
        rest /= each;
      }
      points.add(point);
    }
    return points;
  }

  private static Set<Integer> overlapping(List<Overlap> overlaps, long[] point) {
    var rows = new TreeSet<Integer>();
    for (Overlap overlap : overlaps) {
      if (contains(overlap.getOverlap(), point)) {
        rows.addAll(overlap.getRules());
      }
    }
    return rows;
  }

  private static boolean contains(TableSpace table, Box box, long[] point) {
    for (int d = 0; d < point.length; d++) {
      var number = (NumberDimension) table.space().dimension(d);
      if (!table.space().has(box, d, number.piece(point[d]))) {
        return false;
      }
    }
    return true;
  }

  /** Dimensions that a region leaves out are open. */
  private static boolean contains(Hyperrectangle region, long[] point) {
    List<BigDecimal> numbers = halves(point);
    for (int d = 0; d < region.getEdges().size(); d++) {
      Interval edge = region.getEdges().get(d);
      if (!fits(edge.getLowerBound(), numbers.get(d), 1)
          || !fits(edge.getUpperBound(), numbers.get(d), -1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Bound<?> bound, BigDecimal number, int side) {
    if (bound.getValue() == Interval.NEG_INF || bound.getValue() == Interval.POS_INF) {
      return true;
    }
    int compared = number.compareTo((BigDecimal) bound.getValue()) * side;
    return bound.getBoundaryType() == RangeBoundary.CLOSED ? compared >= 0 : compared > 0;
  }

  private static List<BigDecimal> halves(long[] point) {
    var numbers = new ArrayList<BigDecimal>();
    for (long half : point) {
      numbers.add(BigDecimal.valueOf(half).divide(BigDecimal.valueOf(NumericTables.HALVES)));
    }
    return numbers;
  }
}
