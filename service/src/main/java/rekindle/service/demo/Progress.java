package rekindle.service.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** A progress bar on a terminal. Not thread-safe. */
public final class Progress {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private String shown = "";

  public Progress(PrintWriter out) {
    this.out = out;
  }

  /** Shows how much is done; the last call of a bar is the one with everything done. */
  void show(String what, int done, int all) {
    int filled = done * WIDTH / Math.max(1, all);
    String now = what + filled;
    if (!now.equals(shown) || done == all) {
      shown = now;
      out.printf(
          Locale.ROOT,
          "\r%-22s [%s%s] %d/%d",
          what,
          "#".repeat(filled),
          ".".repeat(WIDTH - filled),
          done,
          all);
      if (done == all) {
        out.println();
      }
      out.flush();
    }
  }

  /** A line of its own. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }
}
