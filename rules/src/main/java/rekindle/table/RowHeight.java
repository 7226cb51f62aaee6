package rekindle.table;

import org.apache.poi.xssf.usermodel.XSSFRow;

/**
 * Heights of rows with wrapped text: not every spreadsheet program measures them when it opens a
 * file.
 */
final class RowHeight {
  private static final float LINE_POINTS = 15f;
  private static final int LINES_MAX = 12;

  /** Letters of running text are narrower than digits, in which columns are measured. */
  private static final float LETTERS_A_DIGIT = 1.1f;

  private RowHeight() {}

  /** How many lines a text takes in a column so many digits wide. */
  static int lines(String text, int digits) {
    int width = Math.max(1, Math.round(digits * LETTERS_A_DIGIT));
    int lines = 0;
    for (String paragraph : text.split("\n", -1)) {
      int used = 0;
      lines++;
      for (String word : paragraph.split(" ", -1)) {
        int length = Math.max(1, word.length());
        if (used > 0 && used + 1 + length > width) {
          lines++;
          used = length;
        } else {
          used += length + (used > 0 ? 1 : 0);
        }
        lines += Math.max(0, (used - 1) / width);
        used = used > width ? used % width : used;
      }
    }
    return lines;
  }

  /**
   * Makes a row high enough for a number of lines, as if the program had measured it, so that it
   * measures again after edits.
   */
  static void grow(XSSFRow row, int lines) {
    float points = Math.min(lines, LINES_MAX) * LINE_POINTS + 1;
    if (lines > 1 && points > row.getHeightInPoints()) {
      row.setHeightInPoints(points);
      row.getCTRow().setCustomHeight(false);
    }
  }
}
