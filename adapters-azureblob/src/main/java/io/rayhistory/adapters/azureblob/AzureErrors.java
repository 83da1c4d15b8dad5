package io.rayhistory.adapters.azureblob;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobStorageException;
import io.rayhistory.domain.HistoryException;

import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Every failure a user can meet, in words: {@code <what we tried> <container>/<name>: <cause> (<status> <code>, request id
 * <id>). <what to do>}. The causes of refusals are told apart by {@link Refusals}. No secrets, for nothing the client or
 * the service say is repeated that could hold one.
 */
final class AzureErrors {
    static final String CREATE = "create container";
    static final String NO_ROLE = "AuthorizationPermissionMismatch";
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");

    private final String container;
    private final String host;
    private final String resolved;
    private final Refusals refusals;

    /** @param host {@code host} or {@code host:port} of the storage account */
    AzureErrors(AzureBlobSettings settings, String host, Refusals refusals) {
        this.container = settings.container();
        this.host = host;
        this.resolved = host.replaceFirst(":\\d+$", "");
        this.refusals = refusals;
    }

    /** UNAVAILABLE for anything that was thrown; what is ours already stays as it is. */
    HistoryException of(String operation, String name, Throwable failure) {
        List<Throwable> chain = chain(failure);
        Optional<HistoryException> ours = first(chain, HistoryException.class);
        if (ours.isPresent()) {
            return new HistoryException(ours.get().kind(), what(operation, name) + ours.get().getMessage(), failure);
        }
        Optional<HttpResponseException> answer = first(chain, HttpResponseException.class).filter(e -> e.getResponse() != null);
        if (answer.isPresent() && !(answer.get() instanceof ClientAuthenticationException)) {
            return answered(operation, name, answer.get());
        }
        String host = this.host;
        if (first(chain, UnresolvedAddressException.class).isPresent() || first(chain, UnknownHostException.class).isPresent()) {
            return failed(operation, name, "cannot resolve " + resolved + ": is the account name right?", failure);
        }
        Optional<SSLException> tls = first(chain, SSLException.class);
        if (tls.isPresent()) {
            return failed(operation, name, "TLS: " + host + ": " + chain.get(chain.size() - 1).getMessage()
                    + ". If a proxy or a private authority signs here, give its certificate to Java (javax.net.ssl.trustStore).", failure);
        }
        if (first(chain, ConnectException.class).isPresent() || first(chain, HttpConnectTimeoutException.class).isPresent()) {
            return failed(operation, name, "cannot connect to " + host + ". Is the address right, and does a firewall or proxy let us out?",
                    failure);
        }
        if (first(chain, InterruptedException.class).isPresent()) {
            return failed(operation, name, "interrupted", failure);
        }
        if (isTimeout(failure)) {
            return failed(operation, name, host + " did not answer in time. Try again; if it stays so, look at the service's health.", failure);
        }
        Optional<IOException> broken = first(chain, IOException.class);
        return failed(operation, name, broken.isPresent()
                ? "the connection to " + host + " broke (" + plain(broken.get()) + "). Try again."
                : "the Azure client failed (" + plain(chain.get(chain.size() - 1)) + ")", failure);
    }

    HistoryException throttled(String operation, String name, String said, Throwable cause) {
        return failed(operation, name, "storage is throttling (" + said + "). Try again later, or ask for less at once "
                + "(azureMaxConcurrency).", cause);
    }

    private HistoryException answered(String operation, String name, HttpResponseException answer) {
        int status = answer.getResponse().getStatusCode();
        String code = code(answer);
        Refusals.Reason reason = refusals.reason(operation, name, status, code, answer);
        String id = answer.getResponse().getHeaderValue(REQUEST_ID);
        String facts = " (" + status + (code.isEmpty() ? "" : " " + code) + (id == null ? "" : ", request id " + id) + ").";
        return failed(operation, name, reason.cause() + facts + (reason.advice().isEmpty() ? "" : " " + reason.advice()), answer);
    }

    private static String code(HttpResponseException answer) {
        if (answer instanceof BlobStorageException blob && blob.getErrorCode() != null) {
            return blob.getErrorCode().toString();
        }
        String code = answer.getResponse().getHeaderValue(HttpHeaderName.fromString("x-ms-error-code"));
        return code == null ? "" : code;
    }

    private HistoryException failed(String operation, String name, String why, Throwable cause) {
        return HistoryException.unavailable(what(operation, name) + why, cause);
    }

    private String what(String operation, String name) {
        return "Azure: " + operation + " " + container + (name.isEmpty() ? "" : "/" + name.replaceAll("\\p{Cntrl}", "?")) + ": ";
    }

    /** Class and message, first line only, without anything that looks like a signature. */
    private static String plain(Throwable failure) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage().lines().findFirst().orElse("");
        return failure.getClass().getSimpleName() + message.replaceAll("(?i)(sig|signature|accountkey)=[^&;\\s]*", "$1=***");
    }

    /** True if nobody answered, or only to say that the service is busy or broken. */
    static boolean isOutage(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Optional<HttpResponseException> answer = first(chain, HttpResponseException.class).filter(e -> e.getResponse() != null);
        if (answer.isPresent()) {
            return answer.get().getResponse().getStatusCode() >= 500 || answer.get().getResponse().getStatusCode() == 429;
        }
        return isTimeout(failure) || first(chain, IOException.class).isPresent() && first(chain, HistoryException.class).isEmpty();
    }

    /** True for a token's refusal that a permission given minutes ago explains: a role, or a federated credential. */
    static boolean isFreshGrant(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return first(chain, BlobStorageException.class).filter(e -> e.getResponse() != null && e.getStatusCode() == 403 && code(e).equals(NO_ROLE)).isPresent()
                || first(chain, HistoryException.class).filter(e -> e.getMessage().contains(TokenErrors.NO_FEDERATED_RECORD)).isPresent();
    }

    /** True for a budget that ran out; the client has three ways to say so. */
    static boolean isTimeout(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return first(chain, TimeoutException.class).isPresent() || first(chain, HttpTimeoutException.class).isPresent()
                || chain.stream().anyMatch(e -> String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).startsWith("timeout on blocking read"));
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = failure; at != null && !chain.contains(at); at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }

    private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
