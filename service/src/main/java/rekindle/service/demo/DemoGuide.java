package rekindle.service.demo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.access.ApiKeys;
import rekindle.service.access.Client;
import rekindle.service.access.Clients;
import rekindle.service.access.NewKey;
import rekindle.service.access.Role;
import rekindle.service.decide.Replay;
import rekindle.service.ids.TimeOrderedIds;

/** What the demo tells: what came out, three decisions explained, and what to ask next. */
public final class DemoGuide {
  private static final EnumSet<Role> ROLES = EnumSet.of(Role.SENDER, Role.OPERATOR, Role.AUDITOR);

  private final Jdbi jdbi;
  private final TimeOrderedIds ids;
  private final Replay replay;
  private final int port;

  public DemoGuide(Jdbi jdbi, TimeOrderedIds ids, Replay replay, int port) {
    this.jdbi = jdbi;
    this.ids = ids;
    this.replay = replay;
    this.port = port;
  }

  /** Everything as lines. */
  public List<String> text(Demo.Outcome outcome, String release) {
    var text = new ArrayList<String>();
    text.add("Policy " + release + ": the workbooks, with a tenth of the people held out");
    text.addAll(outcome.text());
    for (Summary.Example example : outcome.examples()) {
      text.add("");
      text.add("-".repeat(100));
      text.addAll(replay.explanation(UUID.fromString(example.id())).lines().toList());
    }
    text.add("");
    text.add("-".repeat(100));
    text.addAll(questions(outcome.examples()));
    return text;
  }

  /** Lines to copy, with a key of their own: the key of the demo before stops working. */
  private List<String> questions(List<Summary.Example> examples) {
    String service = "http://localhost:" + port;
    var text = new ArrayList<String>();
    text.add("The service runs at " + service + ". Copy a line to ask it something:");
    if (examples.isEmpty()) {
      return text;
    }
    Summary.Example one = examples.get(0);
    String auth = "-H 'Authorization: Bearer " + key().text() + "' " + service + "/v1";
    String json = "-H 'Content-Type: application/json' ";
    text.add("");
    text.add("  # why this decision came about");
    text.add("  curl -s " + auth + "/decisions/" + one.id() + "/explanation");
    text.add("  # make it again from the stored facts, release and clock");
    text.add("  curl -s -X POST " + auth + "/decisions/" + one.id() + "/replay");
    text.add("  # the next best touch of the same contact now, decided and recorded");
    text.add("  curl -s " + auth + "/contacts/" + one.contactId() + "/next-best-touch");
    text.add("  # what if it were another day");
    text.add(
        "  curl -s "
            + json
            + "-d '{\"contactId\": \""
            + one.contactId()
            + "\", \"asOf\": \""
            + one.asOf()
            + "\"}' "
            + auth
            + "/decisions");
    text.add("  # what is on record of them");
    text.add("  curl -s " + auth + "/contacts/" + one.contactId());
    text.add("  # they answer a text, and what follows at once");
    text.add(
        "  curl -s "
            + json
            + "-d '{\"id\": \"answer-1\", \"kind\": \"reply\", \"contactId\": \""
            + one.contactId()
            + "\", \"channel\": \"sms\", \"text\": \"STOP PLEASE\"}' "
            + auth
            + "/events");
    text.add("  # every no, when it took effect and by when it had to");
    text.add("  curl -s " + auth + "/revocations");
    return text;
  }

  private NewKey key() {
    return jdbi.inTransaction(this::key);
  }

  private NewKey key(Handle handle) {
    var clients = new Clients(new ApiKeys(jdbi), ids);
    var known =
        clients.list(handle).stream().filter(client -> client.name().equals(Demo.CLIENT)).findAny();
    if (known.isEmpty()) {
      clients.create(handle, Demo.CLIENT, Demo.CLIENT, Demo.CLIENT, ROLES);
    } else {
      known.get().keys().stream()
          .filter(key -> key.revokedAt() == null)
          .map(Client.Key::id)
          .forEach(id -> clients.revoke(handle, Demo.CLIENT, Demo.CLIENT, id));
    }
    return clients.issue(handle, Demo.CLIENT, Demo.CLIENT);
  }
}
