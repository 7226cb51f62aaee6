package rekindle.impact;

/** Hashes that are the same on every machine, and spread even for texts that hardly differ. */
final class Hashes {
  private Hashes() {}

  static int of(String text) {
    int h = text.hashCode();
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
