package rekindle.service.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table as a backup takes it: whole, in the order of its key, without what the database of the
 * restore gives anew.
 *
 * @param columns all but computed ones and transaction numbers, which mean nothing elsewhere
 * @param order the columns of the primary key, ready for {@code order by}
 */
record StoreTable(String name, List<String> columns, List<String> order) {
  /** Tables of the machinery, which a restore makes anew. */
  private static final String OTHERS =
      "('flyway_schema_history', 'scheduled_tasks', 'service_process')";

  private static final String COLUMNS =
      """
      select class.relname,
             attname,
             attcollation <> 0 as collates,
             coalesce(array_position(indkey::int2[], attnum), -1) as place
        from pg_class class
        join pg_attribute on attrelid = class.oid and attnum > 0 and not attisdropped
        left join pg_index on indrelid = class.oid and indisprimary
       where class.relnamespace = current_schema()::regnamespace
         and class.relkind in ('r', 'p') and not class.relispartition
         and class.relname not in %s
         and attgenerated = '' and atttypid <> 'xid8'::regtype
       order by class.relname, attnum
      """
          .formatted(OTHERS);

  private static final String REFERENCES =
      """
      select distinct conrelid::regclass::text, confrelid::regclass::text
        from pg_constraint
       where contype = 'f' and conrelid <> confrelid and conparentid = 0
         and connamespace = current_schema()::regnamespace
      """;

  /** All tables, each after those that it refers to. */
  static List<StoreTable> all(Connection connection) throws SQLException {
    Map<String, StoreTable> tables = read(connection);
    Map<String, Set<String>> references = references(connection);
    var ordered = new ArrayList<StoreTable>();
    var placed = new HashSet<String>();
    while (ordered.size() < tables.size()) {
      List<StoreTable> next =
          tables.values().stream()
              .filter(table -> !placed.contains(table.name))
              .filter(table -> placed.containsAll(references.getOrDefault(table.name, Set.of())))
              .toList();
      if (next.isEmpty()) {
        throw new IllegalStateException("tables refer to each other in a circle: " + references);
      }
      ordered.addAll(next);
      next.forEach(table -> placed.add(table.name));
    }
    return ordered;
  }

  private static Map<String, StoreTable> read(Connection connection) throws SQLException {
    var columns = new LinkedHashMap<String, List<String>>();
    var keys = new LinkedHashMap<String, TreeMap<Integer, String>>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String table = row.getString(1);
        String column = quoted(row.getString(2));
        columns.computeIfAbsent(table, t -> new ArrayList<>()).add(column);
        if (row.getInt(4) >= 0) {
          keys.computeIfAbsent(table, t -> new TreeMap<>())
              .put(row.getInt(4), row.getBoolean(3) ? column + " collate \"C\"" : column);
        }
      }
    }
    var tables = new LinkedHashMap<String, StoreTable>();
    columns.forEach(
        (name, all) ->
            tables.put(
                name,
                new StoreTable(
                    name,
                    List.copyOf(all),
                    List.copyOf(keys.getOrDefault(name, new TreeMap<>()).values()))));
    return tables;
  }

  private static Map<String, Set<String>> references(Connection connection) throws SQLException {
    var references = new LinkedHashMap<String, Set<String>>();
    try (PreparedStatement query = connection.prepareStatement(REFERENCES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        references.computeIfAbsent(row.getString(1), t -> new HashSet<>()).add(row.getString(2));
      }
    }
    return references;
  }

  /** Whether it has no row. */
  boolean isEmpty(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("select not exists (select from " + quoted(name) + ")");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  String copyOut() {
    // A whole decimal order of bytes, so that equal rows give equal bytes in every database.
    String sorted = order.isEmpty() ? "" : " order by " + String.join(", ", order);
    return "copy (select %s from %s%s) to stdout"
        .formatted(String.join(", ", columns), quoted(name), sorted);
  }

  String copyIn() {
    return "copy %s (%s) from stdin"
        .formatted(quoted(name), columns.stream().collect(Collectors.joining(", ")));
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
