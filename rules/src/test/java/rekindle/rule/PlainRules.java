package rekindle.rule;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.TypedRow;

/**
 * The same rules in plain Java, compared straight from the typed cells: the oracle for Drools and
 * the baseline that it is measured against.
 */
public final class PlainRules implements CompiledRules {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final Map<Method, Object> LAMBDAS = new ConcurrentHashMap<>();

  private final RulePlan plan;
  private final Map<String, Together> together;
  private final Map<Class<?>, Group> groups = new HashMap<>();

  /** Says in Java what a table's row constraint says in DRL. */
  @FunctionalInterface
  public interface Together {
    boolean holds(TypedRow row, @Nullable String channel, StageInput input);
  }

  private record Compiled(int number, Predicate<Object>[] tests) {
    boolean holds(StageInput input) {
      for (Predicate<Object> test : tests) {
        if (!test.test(input)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Rules of one input class: those of one key by the key, the others in a list. */
  private static final class Group {
    private final Map<String, List<Compiled>> byKey = new HashMap<>();
    private final List<Compiled> others = new ArrayList<>();
    private @Nullable Function<Object, Object> key;
  }

  /**
   * @param together by {@code workbook/Sheet}, for tables with row constraints
   */
  public PlainRules(RulePlan plan, Map<String, Together> together) {
    this.plan = plan;
    this.together = together;
    plan.rules().forEach(this::add);
  }

  private void add(Rule rule) {
    Class<?> input = rule.table().definition().input();
    if (input == null) {
      throw new IllegalArgumentException(rule.reference() + " is compared with nothing");
    }
    Group group = groups.computeIfAbsent(input, c -> new Group());
    var tests = new ArrayList<Predicate<Object>>();
    for (Column column : rule.table().definition().conditions()) {
      Condition condition = column.condition();
      if (condition == null) {
        throw new IllegalArgumentException(column.key());
      }
      Cell cell = rule.row().cell(column.key());
      if (condition.scope() == Condition.Scope.KEY && rule.key() != null) {
        group.key = getter(input, condition.property());
      } else if (condition.scope() != Condition.Scope.CHANNEL_KEY) {
        test(input, condition, rule, cell).ifPresent(tests::add);
      }
    }
    if (rule.table().definition().together() != null) {
      String sheet = rule.table().definition().workbook() + "/" + rule.table().definition().sheet();
      Together test = java.util.Objects.requireNonNull(together.get(sheet), sheet);
      String code = rule.channel() == null ? null : rule.channel().code();
      tests.add(i -> test.holds(rule.row(), code, (StageInput) i));
    }
    @SuppressWarnings({"unchecked", "rawtypes"})
    Predicate<Object>[] array = tests.toArray(new Predicate[0]);
    var compiled = new Compiled(rule.number(), array);
    if (rule.key() != null) {
      group.byKey.computeIfAbsent(rule.key(), k -> new ArrayList<>()).add(compiled);
    } else {
      group.others.add(compiled);
    }
  }

  private static java.util.Optional<Predicate<Object>> test(
      Class<?> input, Condition condition, Rule rule, Cell cell) {
    if (cell instanceof Cell.Any || condition.comparison() == Condition.Comparison.TOGETHER) {
      return java.util.Optional.empty();
    }
    Function<Object, Object> owner = i -> i;
    Class<?> owned = input;
    if (condition.scope() == Condition.Scope.CHANNEL) {
      Channel channel = java.util.Objects.requireNonNull(rule.channel());
      String property = RulePlan.channelProperty(channel);
      owner = getter(input, property);
      owned = method(input, property).getReturnType();
    }
    Function<Object, Object> of = owner;
    boolean direct = condition.scope() != Condition.Scope.CHANNEL;
    return java.util.Optional.of(
        switch (condition.comparison()) {
          case IN -> {
            Function<Object, Object> getter = getter(owned, condition.property());
            Predicate<@Nullable Object> in = in(cell, condition.scope() == Condition.Scope.KEY);
            yield direct ? i -> in.test(getter.apply(i)) : i -> in.test(getter.apply(of.apply(i)));
          }
          case HOLDS -> {
            Function<Object, Object> getter = getter(owned, condition.property());
            Predicate<Set<?>> holds = holds(cell);
            yield i -> holds.test((Set<?>) getter.apply(of.apply(i)));
          }
          default -> {
            ToLongFunction<Object> getter = longGetter(owned, condition.property());
            LongTest number = number(condition, cell);
            yield direct
                ? i -> number.test(getter.applyAsLong(i))
                : i -> number.test(getter.applyAsLong(of.apply(i)));
          }
        });
  }

  private static Predicate<@Nullable Object> in(Cell cell, boolean key) {
    if (cell instanceof Cell.Unknown) {
      return v -> v == null;
    }
    var codes = (Cell.Codes) cell;
    if (key) { // only "not" comes here
      return v ->
          !RulePlan.ANY_KEY.equals(v)
              && (codes.orUnknown() || !RulePlan.UNKNOWN_KEY.equals(v))
              && !codes.values().contains(v);
    }
    Set<String> values = new HashSet<>(codes.values());
    return v -> v == null ? codes.orUnknown() : values.contains(v) != codes.negated();
  }

  private static Predicate<Set<?>> holds(Cell cell) {
    if (cell instanceof Cell.Unknown) {
      return Set::isEmpty;
    }
    var codes = (Cell.Codes) cell;
    return set -> {
      boolean any = set.isEmpty() && codes.orUnknown() && !codes.negated();
      for (String value : codes.values()) {
        any |= set.contains(value);
      }
      return any != codes.negated();
    };
  }

  private interface LongTest {
    boolean test(long value);
  }

  /** Whole numbers on the cell's side of the decimal bound are compared, by their order alone. */
  private static LongTest number(Condition condition, Cell cell) {
    if (cell instanceof Cell.Unknown) {
      return v -> v == Long.MIN_VALUE;
    }
    BigDecimal value =
        cell instanceof Cell.Number n
            ? n.value()
            : BigDecimal.valueOf(((Cell.TimeOfDay) cell).minutes());
    BigDecimal bound = value.multiply(BigDecimal.valueOf(condition.factor()));
    boolean exact = bound.stripTrailingZeros().scale() <= 0 && bound.precision() <= 18;
    if (!exact) {
      return v -> compare(condition, v, Long.compare(BigDecimal.valueOf(v).compareTo(bound), 0));
    }
    long whole = bound.longValueExact();
    return v -> compare(condition, v, Long.compare(v, whole));
  }

  private static boolean compare(Condition condition, long value, int order) {
    boolean known = value != Long.MIN_VALUE;
    return switch (condition.comparison()) {
      case MORE_THAN -> known && order > 0;
      case AT_LEAST -> known && order >= 0;
      case UP_TO -> known && order <= 0;
      case WITHIN -> known && order < 0;
      case EQUALS -> known && order == 0;
      case NOT_WITHIN -> !known || order >= 0;
      case OLDER_THAN -> !known || order > 0;
      default -> throw new IllegalArgumentException(condition.comparison().name());
    };
  }

  private static Method method(Class<?> type, String property) {
    String name = "get" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Function<Object, Object> getter(Class<?> type, String property) {
    return (Function<Object, Object>)
        lambda(Function.class, "apply", Object.class, method(type, property));
  }

  @SuppressWarnings("unchecked")
  private static ToLongFunction<Object> longGetter(Class<?> type, String property) {
    return (ToLongFunction<Object>)
        lambda(ToLongFunction.class, "applyAsLong", long.class, method(type, property));
  }

  /** Making a lambda takes longer than matching a thousand rules with it. */
  private static Object lambda(Class<?> face, String name, Class<?> result, Method method) {
    return LAMBDAS.computeIfAbsent(method, m -> newLambda(face, name, result, m));
  }

  private static Object newLambda(Class<?> face, String name, Class<?> result, Method method) {
    try {
      MethodHandle handle = LOOKUP.unreflect(method);
      CallSite site =
          LambdaMetafactory.metafactory(
              LOOKUP,
              name,
              MethodType.methodType(face),
              MethodType.methodType(result, Object.class),
              handle,
              handle.type());
      return site.getTarget().invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(method.toString(), e);
    }
  }

  @Override
  public Hit otherwise(rekindle.table.TypedTable table) {
    return plan.otherwise(table);
  }

  @Override
  public Rule rule(int number) {
    return plan.rule(number);
  }

  @Override
  public RuleMatcher matcher() {
    return new RuleMatcher() {
      @Override
      public void match(StageInput... inputs) {
        for (StageInput input : inputs) {
          PlainRules.this.match(input, input::hit);
        }
      }

      @Override
      public void close() {}
    };
  }

  /** Tells the numbers of the rules that hold, and leaves the input as it is. */
  public void match(StageInput input, IntConsumer hit) {
    Group group = groups.get(input.getClass());
    if (group == null) {
      return;
    }
    if (group.key != null) {
      List<Compiled> keyed = group.byKey.get((String) group.key.apply(input));
      if (keyed != null) {
        match(keyed, input, hit);
      }
    }
    match(group.others, input, hit);
  }

  private static void match(List<Compiled> rules, StageInput input, IntConsumer hit) {
    for (Compiled rule : rules) {
      if (rule.holds(input)) {
        hit.accept(rule.number());
      }
    }
  }

  @Override
  public void close() {}
}
