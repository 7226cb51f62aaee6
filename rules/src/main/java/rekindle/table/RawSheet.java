package rekindle.table;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The filled cells of one sheet by row number (from 1) and column (from 0). Not thread-safe. */
final class RawSheet {
  private final String name;
  private final NavigableMap<Integer, SortedMap<Integer, RawCell>> rows = new TreeMap<>();

  RawSheet(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void put(int row, int column, RawCell cell) {
    rows.computeIfAbsent(row, r -> new TreeMap<>()).put(column, cell);
  }

  NavigableMap<Integer, SortedMap<Integer, RawCell>> rows() {
    return rows;
  }

  Map<Integer, RawCell> row(int row) {
    SortedMap<Integer, RawCell> cells = rows.get(row);
    return cells == null ? Map.of() : cells;
  }
}
