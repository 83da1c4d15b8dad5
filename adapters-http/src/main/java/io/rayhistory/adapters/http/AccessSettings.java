package io.rayhistory.adapters.http;

import io.rayhistory.application.port.AccessReview;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may see what.
 *
 * @param via          the name of the way in, for the audit: token or kubernetes
 * @param hint         what to tell who is not logged in
 * @param cookieKeys   file with the keys of login cookies, one per line; without, logins end with the process
 * @param secureCookie whether browsers may send the login over HTTPS only
 * @param auditAllowed whether the audit tells what was allowed, too
 */
public record AccessSettings(AccessReview review, String via, String hint, Optional<Path> cookieKeys, boolean secureCookie, boolean auditAllowed) {
}
