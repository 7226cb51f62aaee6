package rekindle.service.api;

/**
 * What is noted on a request while it is served: names of attributes that servlets, Jersey and the
 * request log share. None of them holds what a caller sent, apart from a request id of a fixed
 * form.
 */
final class RequestNotes {
  static final String ID = "rekindle.requestId";
  static final String ADDRESS = "rekindle.address";
  static final String ROUTE = "rekindle.route";
  static final String CLIENT = "rekindle.client";

  private RequestNotes() {}
}
