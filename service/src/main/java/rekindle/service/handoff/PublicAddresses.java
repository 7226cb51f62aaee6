package rekindle.service.handoff;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Names that lead outside and nowhere else: an address of this machine, of a private network or of
 * a cloud's metadata service is refused, and the connection goes to the very address that was
 * looked at (RFC 6890).
 */
final class PublicAddresses implements DnsResolver {
  private static final int BYTE = 0xFF;

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    for (InetAddress address : all) {
      if (!isPublic(address)) {
        throw new UnknownHostException(
            "the name leads to an address of a private network; set onOwnNetwork if that is meant");
      }
    }
    return all;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? isPublic4(bytes)
        : address instanceof Inet6Address && isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & BYTE;
    int second = bytes[1] & BYTE;
    int third = bytes[2] & BYTE;
    boolean special =
        first == 0
            || first >= 224
            || (first == 100 && second >= 64 && second < 128)
            || (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 198 && (second == 18 || second == 19))
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return !special;
  }

  /** Global unicast, and none that carries an IPv4 address or goes through a relay. */
  private static boolean isPublic6(byte[] bytes) {
    int first = bytes[0] & BYTE;
    int second = bytes[1] & BYTE;
    boolean global = (first & 0xE0) == 0x20;
    boolean relayed =
        (first == 0x20 && second == 0x02)
            || (first == 0x20
                && second == 0x01
                && Arrays.equals(Arrays.copyOfRange(bytes, 2, 4), new byte[] {0, 0}))
            || (first == 0x20
                && second == 0x01
                && (bytes[2] & BYTE) == 0x0D
                && (bytes[3] & BYTE) == 0xB8);
    return global && !relayed;
  }
}
