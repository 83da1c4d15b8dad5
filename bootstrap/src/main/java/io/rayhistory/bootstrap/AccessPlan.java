package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.AccessSettings;
import io.rayhistory.adapters.http.SharedTokens;
import io.rayhistory.application.port.AccessReview;
import io.rayhistory.domain.HistoryException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the settings say about who may see what.
 *
 * @param tokens   the tokens for {@link Mode#TOKEN}
 * @param audience for {@link Mode#KUBERNETES}
 */
record AccessPlan(Mode mode, Optional<AccessReview> tokens, String audience, Optional<Path> cookieKeys, boolean secureCookie,
                  boolean auditAllowed, boolean loopback) {
    private static final String TOKEN = "RAYHISTORY_AUTH_TOKEN";

    /** Who is let in. */
    enum Mode {
        /** Everybody. */
        NONE,
        /** Who has one of our tokens. */
        TOKEN,
        /** Whom the API server knows, to what it allows. */
        KUBERNETES
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
        if (mode == Mode.KUBERNETES && kubernetes.settings().isEmpty()) {
            throw values.refuse(Setting.AUTH, "none or token where no Kubernetes is configured", null);
        }
        boolean loopback = loopback(values.text(Setting.HOST));
        Optional<AccessReview> tokens = Optional.empty();
        if (mode == Mode.TOKEN) {
            if (!values.has(Setting.AUTH_TOKEN_FILE) && values.variable(TOKEN).isEmpty()) {
                throw values.refuse(Setting.AUTH, Setting.AUTH_TOKEN_FILE.flag() + " or variable " + TOKEN + " as well", null);
            }
            tokens = Optional.of(SharedTokens.of(values.path(Setting.AUTH_TOKEN_FILE), values.variable(TOKEN)));
        }
        boolean secure = values.has(Setting.AUTH_COOKIE_SECURE) ? values.truth(Setting.AUTH_COOKIE_SECURE)
                : !loopback || values.has(Setting.TLS_CERT);
        return new AccessPlan(mode, tokens, values.text(Setting.AUTH_AUDIENCE), values.path(Setting.AUTH_COOKIE_KEYS), secure,
                values.word(Setting.AUDIT, Audit.class) == Audit.ALL, loopback);
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** @param review makes one that asks the API server, for an audience */
    Optional<AccessSettings> settings(Function<String, AccessReview> review) {
        return switch (mode) {
            case NONE -> Optional.empty();
            case TOKEN -> Optional.of(settings(tokens.orElseThrow(), "log in with a token of this server (RAY_AUTH_MODE=token RAY_AUTH_TOKEN=...)"));
            case KUBERNETES -> Optional.of(settings(review.apply(audience), "log in with a Kubernetes token (RAY_AUTH_MODE=token "
                    + "RAY_AUTH_TOKEN=$(kubectl create token NAME" + (audience.isEmpty() ? "" : " --audience " + audience) + "))"));
        };
    }

    private AccessSettings settings(AccessReview review, String hint) {
        return new AccessSettings(review, mode.name().toLowerCase(java.util.Locale.ROOT), hint, cookieKeys, secureCookie, auditAllowed);
    }

    /** Says what people should know before they rely on it. */
    void warn(Consumer<String> say) {
        if (mode == Mode.NONE && !loopback) {
            say.accept("there is no access control: whoever reaches this address reads everything (see " + Setting.AUTH.flag() + ")");
        }
        if (mode != Mode.NONE && cookieKeys.isEmpty()) {
            say.accept("logins of browsers end with this process and count for no other replica (see " + Setting.AUTH_COOKIE_KEYS.flag() + ")");
        }
    }

    /** One sentence about it. */
    String describe() {
        return switch (mode) {
            case NONE -> "everybody who reaches the address sees everything";
            case TOKEN -> "who has a token, from " + tokens.orElseThrow().describe();
            case KUBERNETES -> "who may get rayclusters.ray.io in a namespace sees its sessions, by TokenReview"
                    + (audience.isEmpty() ? "" : " for audience " + audience) + " and SubjectAccessReview";
        };
    }
}
