package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.AccessSettings;
import io.rayhistory.adapters.http.EqualRights;
import io.rayhistory.adapters.http.SharedTokens;
import io.rayhistory.adapters.http.SucceededNamespaces;
import io.rayhistory.adapters.http.TrustedProxy;
import io.rayhistory.application.port.AccessReview;
import io.rayhistory.domain.HistoryException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the settings say about who may see what.
 *
 * @param own        who decides, unless an API server does
 * @param audience   for {@link Mode#KUBERNETES}
 * @param successors by deleted namespace
 * @param passed     whether running clusters may be shown the token of who asks
 */
record AccessPlan(Mode mode, Optional<AccessReview> own, Optional<TrustedProxy> proxy, String audience, Map<String, String> successors,
                  Optional<Path> cookieKeys, boolean secureCookie, boolean auditAllowed, boolean passed, boolean loopback) {
    private static final String TOKEN = "RAYHISTORY_AUTH_TOKEN";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Who is let in. */
    enum Mode {
        /** Everybody. */
        NONE,
        /** Who has one of our tokens. */
        TOKEN,
        /** Whom the API server knows, to what it allows. */
        KUBERNETES,
        /** Whom a proxy in front of us has logged in, to what the API server allows, if there is one. */
        PROXY
    }

    /** What the audit tells. */
    enum Audit {
        /** Every request for data. */
        ALL,
        /** What was refused. */
        DENIED
    }

    /** @throws HistoryException INVALID for settings that make no sense together */
    static AccessPlan of(SettingValues values, KubernetesPlan kubernetes) {
        Mode mode = values.word(Setting.AUTH, Mode.class);
        boolean watched = kubernetes.settings().isPresent();
        String audience = values.text(Setting.AUTH_AUDIENCE);
        if (mode == Mode.KUBERNETES && !watched) {
            throw values.refuse(Setting.AUTH, "none or token where no Kubernetes is configured", null);
        }
        if (kubernetes.passesTokens() && (mode != Mode.KUBERNETES || !audience.isEmpty())) {
            throw values.refuse(Setting.LIVE_DELEGATED, Setting.AUTH.flag() + " kubernetes as well, without " + Setting.AUTH_AUDIENCE.flag()
                    + ": clusters take no tokens but those for the API server", null);
        }
        boolean loopback = loopback(values.text(Setting.HOST));
        boolean secure = values.has(Setting.AUTH_COOKIE_SECURE) ? values.truth(Setting.AUTH_COOKIE_SECURE)
                : !loopback || values.has(Setting.TLS_CERT);
        return new AccessPlan(mode, own(values, mode, watched), mode == Mode.PROXY ? Optional.of(proxy(values)) : Optional.empty(), audience,
                successors(values), values.path(Setting.AUTH_COOKIE_KEYS), secure, values.word(Setting.AUDIT, Audit.class) == Audit.ALL,
                kubernetes.passesTokens(), loopback);
    }

    private static Optional<AccessReview> own(SettingValues values, Mode mode, boolean watched) {
        if (mode == Mode.PROXY && !watched) {
            return Optional.of(new EqualRights());
        }
        if (mode != Mode.TOKEN) {
            return Optional.empty();
        }
        if (!values.has(Setting.AUTH_TOKEN_FILE) && values.variable(TOKEN).isEmpty()) {
            throw values.refuse(Setting.AUTH, Setting.AUTH_TOKEN_FILE.flag() + " or variable " + TOKEN + " as well", null);
        }
        return Optional.of(SharedTokens.of(values.path(Setting.AUTH_TOKEN_FILE), values.variable(TOKEN)));
    }

    private static TrustedProxy proxy(SettingValues values) {
        if (values.items(Setting.AUTH_PROXY_CIDRS).isEmpty()) {
            throw values.refuse(Setting.AUTH, Setting.AUTH_PROXY_CIDRS.flag() + " as well, for anybody can send headers", null);
        }
        return TrustedProxy.of(values.items(Setting.AUTH_PROXY_CIDRS), values.text(Setting.AUTH_PROXY_USER_HEADER),
                values.text(Setting.AUTH_PROXY_GROUPS_HEADER), values.path(Setting.AUTH_PROXY_SECRETS), values.text(Setting.AUTH_PROXY_PREFIX));
    }

    private static Map<String, String> successors(SettingValues values) {
        Map<String, String> successors = new HashMap<>();
        for (String pair : values.items(Setting.AUTH_NAMESPACE_MAP)) {
            String[] names = pair.split("=", 2);
            if (names.length < 2 || !NAMESPACE.matcher(names[0].strip()).matches() || !NAMESPACE.matcher(names[1].strip()).matches()
                    || successors.put(names[0].strip(), names[1].strip()) != null) {
                throw values.refuse(Setting.AUTH_NAMESPACE_MAP, "pairs DELETED=SUCCESSOR of namespaces, separated by commas, each deleted one once", null);
            }
        }
        return successors;
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether it does not work without this right. */
    boolean needs(String right) {
        return mode == Mode.KUBERNETES && right.contains("tokenreviews")
                || (mode == Mode.KUBERNETES || mode == Mode.PROXY && own.isEmpty()) && right.contains("subjectaccessreviews");
    }

    /** @param review makes one that asks the API server, for an audience */
    Optional<AccessSettings> settings(Function<String, AccessReview> review) {
        if (mode == Mode.NONE) {
            return Optional.empty();
        }
        AccessReview deciding = own.orElseGet(() -> review.apply(audience));
        AccessReview asked = successors.isEmpty() ? deciding : new SucceededNamespaces(deciding, successors);
        AccessSettings settings = proxy.isPresent() ? AccessSettings.byProxy(asked, proxy.get(), hint())
                : AccessSettings.byToken(asked, mode.name().toLowerCase(Locale.ROOT), hint());
        return Optional.of(settings.withCookies(cookieKeys, secureCookie).withAudit(auditAllowed).withTokensPassed(passed));
    }

    private String hint() {
        return switch (mode) {
            case NONE -> "";
            case TOKEN -> "log in with a token of this server (RAY_AUTH_MODE=token RAY_AUTH_TOKEN=...)";
            case KUBERNETES -> "log in with a Kubernetes token (RAY_AUTH_MODE=token RAY_AUTH_TOKEN=$(kubectl create token NAME"
                    + (audience.isEmpty() ? "" : " --audience " + audience) + "))";
            case PROXY -> "come by way of the proxy that logs people in";
        };
    }

    /** Says what people should know before they rely on it. */
    void warn(Consumer<String> say) {
        if (mode == Mode.NONE && !loopback) {
            say.accept("there is no access control: whoever reaches this address reads everything (see " + Setting.AUTH.flag() + ")");
        }
        if ((mode == Mode.TOKEN || mode == Mode.KUBERNETES) && cookieKeys.isEmpty()) {
            say.accept("logins of browsers end with this process and count for no other replica (see " + Setting.AUTH_COOKIE_KEYS.flag() + ")");
        }
        if (passed) {
            say.accept("who looks at a running cluster with enableK8sTokenAuth shows it their token (" + Setting.LIVE_DELEGATED.flag() + " caller)");
        }
    }

    /** One sentence about it. */
    String describe() {
        String roles = "who may get rayclusters.ray.io in a namespace sees its sessions, by ";
        return switch (mode) {
            case NONE -> "everybody who reaches the address sees everything";
            case TOKEN -> "who has a token, from " + own.orElseThrow().describe();
            case KUBERNETES -> roles + "TokenReview" + (audience.isEmpty() ? "" : " for audience " + audience) + " and SubjectAccessReview";
            case PROXY -> "whom the proxy names; " + (own.isPresent() ? "they see everything" : roles + "SubjectAccessReview");
        };
    }
}
