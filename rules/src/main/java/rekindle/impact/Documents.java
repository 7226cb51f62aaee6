package rekindle.impact;

import java.util.Arrays;

/** Decision documents as bytes. */
public final class Documents {
  private Documents() {}

  /**
   * Whether two canonical documents are equal but for the numbers of rows: a row inserted into a
   * sheet moves all below it, which changes no decision.
   */
  public static boolean areAlike(byte[] before, byte[] after) {
    int i = 0;
    int j = 0;
    while (true) {
      int same = Arrays.mismatch(before, i, before.length, after, j, after.length);
      if (same < 0) {
        return true;
      }
      int beforeEnd = pastDigits(before, i + same);
      int afterEnd = pastDigits(after, j + same);
      boolean moved = beforeEnd > i + same || afterEnd > j + same;
      if (!moved || !isInRowNumber(before, i + same) || !isInRowNumber(after, j + same)) {
        return false;
      }
      i = beforeEnd;
      j = afterEnd;
    }
  }

  /** Whether digits alone, at least one, stand between a {@code !} and the place. */
  private static boolean isInRowNumber(byte[] bytes, int place) {
    int start = place;
    while (start > 0 && isDigit(bytes[start - 1])) {
      start--;
    }
    boolean any = start < place || (place < bytes.length && isDigit(bytes[place]));
    return any && start > 0 && bytes[start - 1] == '!';
  }

  private static int pastDigits(byte[] bytes, int place) {
    int end = place;
    while (end < bytes.length && isDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
