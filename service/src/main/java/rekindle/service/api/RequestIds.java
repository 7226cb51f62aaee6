package rekindle.service.api;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Gives each request its id, which goes back to the caller and stands in every line of the log. */
final class RequestIds implements Filter {
  static final String HEADER = "X-Request-Id";
  static final String MDC_ID = "requestId";
  static final String MDC_CLIENT = "client";

  // A UUID, 32 hexadecimal digits or a ULID: forms that cannot hold an address, a number or a name.
  private static final Pattern WELL_FORMED =
      Pattern.compile(
          "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
              + "|[0-9a-f]{32}"
              + "|[0-7][0-9A-HJKMNP-TV-Z]{25}");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = idOf(((HttpServletRequest) request).getHeader(HEADER));
    request.setAttribute(RequestNotes.ID, id);
    request.setAttribute(RequestNotes.ADDRESS, request.getRemoteAddr());
    ((HttpServletResponse) response).setHeader(HEADER, id);
    MDC.put(MDC_ID, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(MDC_ID);
      MDC.remove(MDC_CLIENT);
    }
  }

  /** The id that came with the request if it is well-formed, else a new one. */
  static String idOf(@Nullable String header) {
    return header != null && WELL_FORMED.matcher(header).matches()
        ? header
        : UUID.randomUUID().toString();
  }
}
