package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration of a service that sends its e-mail by a server of its own. */
final class MailSettings {
  private MailSettings() {}

  /**
   * @return the server's part of the configuration
   */
  static ObjectNode into(ObjectNode configuration, String host, int port, String tls) {
    ((ObjectNode) configuration.get("schedule")).put("running", true);
    configuration.putObject("handOver").putObject("routes").put("email", "smtp");
    ObjectNode pages = configuration.putObject("publicPages");
    pages.put("baseUrl", "https://news.example.com");
    pages
        .putObject("brand")
        .put("name", "Acme")
        .put("contact", "help@example.com")
        .put("postalAddress", "1 High Street, Springfield, OH 45501")
        .put("privacyUrl", "https://example.com/privacy");
    return configuration
        .putObject("mail")
        .put("host", host)
        .put("port", port)
        .put("tls", tls)
        .put("from", "Acme <hello@example.com>");
  }
}
