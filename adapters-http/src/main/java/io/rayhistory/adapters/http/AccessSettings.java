package io.rayhistory.adapters.http;

import io.rayhistory.application.port.AccessReview;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may see what.
 *
 * @param review       decides who somebody is, unless a proxy tells, and what they may see
 * @param via          the name of the way in, for the audit: token, kubernetes or proxy
 * @param hint         what to tell who is not logged in
 * @param cookieKeys   file with the keys of login cookies, one per line; without, logins end with the process
 * @param secureCookie whether browsers may send the login over HTTPS only
 * @param auditAllowed whether the audit tells what was allowed, too
 * @param proxy        who says in headers who somebody is; without, everybody needs a token
 * @param tokensPassed whether the token of who asks may be handed to running clusters that want just that
 */
public record AccessSettings(AccessReview review, String via, String hint, Optional<Path> cookieKeys, boolean secureCookie, boolean auditAllowed,
                             Optional<TrustedProxy> proxy, boolean tokensPassed) {

    /** Everybody needs a token, and it stays here. */
    public static AccessSettings byToken(AccessReview review, String via, String hint) {
        return new AccessSettings(review, via, hint, Optional.empty(), true, true, Optional.empty(), false);
    }

    /** A proxy tells who it is. */
    public static AccessSettings byProxy(AccessReview review, TrustedProxy proxy, String hint) {
        return new AccessSettings(review, "proxy", hint, Optional.empty(), true, true, Optional.of(proxy), false);
    }

    /** @param keys see {@link #cookieKeys} @param secure see {@link #secureCookie} */
    public AccessSettings withCookies(Optional<Path> keys, boolean secure) {
        return new AccessSettings(review, via, hint, keys, secure, auditAllowed, proxy, tokensPassed);
    }

    public AccessSettings withAudit(boolean allowed) {
        return new AccessSettings(review, via, hint, cookieKeys, secureCookie, allowed, proxy, tokensPassed);
    }

    public AccessSettings withTokensPassed(boolean passed) {
        return new AccessSettings(review, via, hint, cookieKeys, secureCookie, auditAllowed, proxy, passed);
    }
}
