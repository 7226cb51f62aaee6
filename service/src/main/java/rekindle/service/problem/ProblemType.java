package rekindle.service.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of problem that the service answers with: its stable name, its HTTP status, and what a
 * caller reads at {@code /problems/} and the name.
 */
public enum ProblemType {
  INVALID_INPUT(
      400,
      "The request is not valid",
      "The request was read, and parts of it are wrong; errors names all of them at once, each by"
          + " its JSON pointer.",
      "Correct what errors lists and send it again. Nothing was done."),
  BAD_REQUEST(
      400,
      "The request cannot be read",
      "The request breaks a rule of HTTP, or its body ended too early or cannot be decompressed.",
      "Look at what the client, or a proxy before the service, really sends."),
  INVALID_IDEMPOTENCY_KEY(
      400,
      "The Idempotency-Key is not valid",
      "The header Idempotency-Key holds 1 to 255 visible ASCII characters, with or without quotes,"
          + " and occurs once.",
      "Send a UUID made for this one operation. Nothing was done."),
  UNAUTHENTICATED(
      401,
      "A valid key is needed",
      "The header Authorization is missing, is no Bearer key, or its key is unknown, revoked or of"
          + " a disabled client.",
      "Send Authorization: Bearer and a key; an admin issues one at /v1/clients."),
  FORBIDDEN(
      403,
      "The key lacks the role",
      "The key is good, but its client has none of the roles that this operation takes; detail"
          + " names them.",
      "Use another key, or have an admin give the role to the client."),
  NOT_FOUND(
      404,
      "Not found",
      "There is no such operation, or it names something that is not there.",
      "Compare the path with /openapi.json, and the id with what you meant."),
  METHOD_NOT_ALLOWED(
      405,
      "The method is not allowed here",
      "The path is right, and the method is none that it takes; the header Allow lists those.",
      "Use a method that Allow lists."),
  NOT_ACCEPTABLE(
      406,
      "No such format",
      "The operation gives no format that the header Accept takes.",
      "Send Accept: */* or the format that /openapi.json names for the operation."),
  REQUEST_TIMEOUT(
      408,
      "The request came too slowly",
      "The request did not arrive in time and was given up.",
      "Send it again, over a better connection or in smaller parts."),
  CLIENT_EXISTS(
      409,
      "There is such a client already",
      "The name of a client is unique, and disabled clients keep theirs.",
      "Take another name, or change the client that there is."),
  TOO_MANY_KEYS(
      409,
      "The client has two active keys",
      "A client has two active keys at most: the one in use and the one that replaces it.",
      "Revoke one of its keys, then issue another."),
  LAST_ADMIN_KEY(
      409,
      "The last key of an admin",
      "After this change nobody could administer the service any more.",
      "Issue a key to another client with role admin first."),
  CONTACT_HELD_BACK(
      409,
      "Nothing is decided for this contact",
      "A row about the contact or its person could not be read, and facts that lack it could permit"
          + " what the whole would forbid; detail names the row.",
      "Mend the row and import it again; that lifts the hold."),
  PERSON_PARKED(
      409,
      "Nothing is decided for this person",
      "Rows about the person could not be read, or deciding failed again and again; nothing is sent"
          + " until somebody has looked into it. detail names the person and what failed.",
      "Do not send. Mend the rows that the service's log names, then POST"
          + " /v1/schedule/parked/{person}/release; the same confirmation may be asked for after that."),
  IDENTITY_CHANGE_REFUSED(
      409,
      "The persons cannot be changed so",
      "A merge makes several persons one, a split takes some contacts of one person out of it, and the"
          + " last change of a contact can be undone; detail says what stands in the way.",
      "Look at the persons of the contacts, and at their changes."),
  RELEASE_UNREADABLE(
      409,
      "The release cannot be read by this version",
      "The release was made by another version of the service, whose tables had other columns.",
      "Use the version that made it; its engine is named in the release's manifest."),
  RELEASE_STATE(
      409,
      "The release is not in a state for this",
      "A release goes from draft to submitted, approved, scheduled, active and retired, or is"
          + " rejected; detail says where it stands and what this takes.",
      "Look at the release, and do what its state allows."),
  RELEASE_HAS_ERRORS(
      409,
      "The release has errors",
      "Its findings list errors of cells, scenarios that come out differently, or opt-outs that are"
          + " not obeyed.",
      "Mend the workbooks and upload them again; that makes another release."),
  OWN_RELEASE(
      409,
      "Nobody approves their own release",
      "The person who would approve it uploaded it, or wrote what was merged into it, under this or"
          + " another key.",
      "Have somebody approve it who had no hand in it."),
  BASE_NOT_ACTIVE(
      409,
      "The release was drafted from one that is not active",
      "Activating it would silently take back what has become active since.",
      "POST its merge, and go on with the draft that this makes."),
  MERGE_CONFLICT(
      409,
      "The changes of both touch the same cells",
      "Rows were merged one by one, and conflicts lists those where the same cell, or the place of"
          + " the same row, was changed on both sides.",
      "Download the active workbooks, make the change there, and upload them."),
  WORKBOOK_NOT_ANNOTATED(
      409,
      "The workbook cannot be opened",
      "The file is no workbook that can be opened safely, so its findings cannot be written into it.",
      "Read the findings of the release; download the file as it was uploaded."),
  ACTIVATION_FAILED(
      409,
      "The release was not activated",
      "It could not be loaded, or something had changed; detail says why. The release before decides"
          + " as before.",
      "Do what detail says, and activate it again."),
  TRIAL_RUNNING(
      409,
      "Another trial runs",
      "One pilot and one shadow run at a time.",
      "End the one that runs, or wait for its end."),
  REPLAY_DIFFERS(
      409,
      "The decision comes out differently now",
      "Deciding again from the stored facts, release and instant gives another document.",
      "Trust the decision as it was recorded, and report the differences that its replay lists."),
  DECISION_ERASED(
      410,
      "The decision was erased",
      "The person whom it was about was erased, and with them what was decided and on what facts."
          + " The audit log still proves that a decision was made.",
      "There is nothing to replay any more."),
  PAYLOAD_TOO_LARGE(
      413,
      "The request is too large",
      "The body is longer than this operation takes; detail names the limit.",
      "Send less at once, or use the operation's NDJSON form, whose length is not limited."),
  URI_TOO_LONG(
      414,
      "The address is too long",
      "Path and query together are longer than the service reads.",
      "Send long values in a body."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The format of the body is not supported",
      "The operation does not read this Content-Type, charset or Content-Encoding; detail names"
          + " those that it reads.",
      "Set Content-Type to what detail names, and send UTF-8."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The Idempotency-Key belongs to another request",
      "The same client sent this key to this operation before, with another path, query or body.",
      "To repeat the earlier request send exactly the same; for a new one take a new key."),
  RATE_LIMITED(
      429,
      "Too many requests",
      "The key, or the address that many bad keys came from, has used up what it may send now.",
      "Wait for the seconds in Retry-After, then go on more slowly. Nothing was done."),
  HEADERS_TOO_LARGE(
      431,
      "The headers are too large",
      "All headers together are longer than the service reads.",
      "Leave out headers, such as cookies, that the service does not need."),
  INTERNAL_ERROR(
      500,
      "The service failed",
      "A fault of the service, not of the request; it is logged under requestId.",
      "Send the request again with the same Idempotency-Key; if it fails again, report requestId."),
  OVERLOADED(
      503,
      "The service has more to do than it can",
      "The service takes no more work now.",
      "Send the same request again after the time in Retry-After. Nothing was done."),
  STORE_UNAVAILABLE(
      503,
      "The store does not answer",
      "The database is not reachable, restarts, or took too long. Whether a write was done is not"
          + " known.",
      "Send the same request with the same Idempotency-Key again after the time in Retry-After."),
  VERSION_NOT_SUPPORTED(
      505,
      "The version of HTTP is not supported",
      "The service speaks HTTP/1.1, and HTTP/1.0 where it must.",
      "Send HTTP/1.1.");

  /** The path under which every type is explained. */
  public static final String PATH = "/problems/";

  private static final Map<String, ProblemType> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ProblemType::code, Function.identity()));

  private final int status;
  private final String title;
  private final String meaning;
  private final String remedy;

  ProblemType(int status, String title, String meaning, String remedy) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** The type with that stable name, if there is one. */
  public static Optional<ProblemType> of(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The type for a refusal of which only the HTTP status is known. */
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> RATE_LIMITED;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> OVERLOADED;
      case 505 -> VERSION_NOT_SUPPORTED;
      default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    };
  }

  /** The stable name, such as {@code invalid_input}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What it means, in a sentence or two. */
  public String meaning() {
    return meaning;
  }

  /** What the caller does about it. */
  public String remedy() {
    return remedy;
  }

  /** A problem of this type that says no more than the type does. */
  public Problem problem() {
    return problem(meaning + " " + remedy, null);
  }

  public Problem problem(String detail) {
    return problem(detail, null);
  }

  public Problem problem(String detail, @Nullable Integer retryAfterSeconds) {
    return new Problem(code(), status, title, detail, List.of(), retryAfterSeconds);
  }
}
