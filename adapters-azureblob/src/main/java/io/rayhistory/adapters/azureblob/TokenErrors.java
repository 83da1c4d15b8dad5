package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why there is no token, in words. The exceptions have no cause: the storage client retries whatever has an I/O error
 * below it, as if a missing file were a bad connection. What was thrown is attached as suppressed.
 */
final class TokenErrors {
    static final List<String> WORKLOAD = List.of("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_AUTHORITY_HOST");
    /** Begins the numbers of all sentences that say so. */
    static final String NO_FEDERATED_RECORD = "AADSTS70021";
    private static final String POD = "On AKS the webhook sets it in pods that carry the label azure.workload.identity/use: \"true\" and "
            + "whose service account is annotated with azure.workload.identity/client-id";
    private static final Pattern SENTENCE = Pattern.compile("AADSTS(\\d+):?[^\\r\\n\"]*");

    private final AzureBlobSettings settings;

    TokenErrors(AzureBlobSettings settings) {
        this.settings = settings;
    }

    /** @throws HistoryException UNAVAILABLE, naming the variable or file that is missing */
    void requireWorkloadIdentity() {
        for (String name : WORKLOAD) {
            if (variable(name).isEmpty()) {
                throw unavailable("workload_identity needs the variable " + name + ", which is not set. " + POD + ".", null);
            }
        }
        String file = variable("AZURE_FEDERATED_TOKEN_FILE");
        String why;
        try {
            if (!Files.readString(Path.of(file)).isBlank()) {
                return;
            }
            why = "is empty";
        } catch (NoSuchFileException e) {
            why = "does not exist";
        } catch (IOException | InvalidPathException e) {
            why = "cannot be read";
        }
        throw unavailable("workload_identity: the token file " + file + " (AZURE_FEDERATED_TOKEN_FILE) " + why
                + ". " + POD.replace("sets it", "mounts it") + ".", null);
    }

    private String variable(String name) {
        String set = name.equals("AZURE_CLIENT_ID") ? settings.clientId() : name.equals("AZURE_AUTHORITY_HOST") ? settings.authorityHost() : "";
        return set.isEmpty() ? settings.variable(name) : set;
    }

    HistoryException of(Throwable failure) {
        StringBuilder said = new StringBuilder();
        boolean network = false;
        boolean late = false;
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
            said.append(at.getMessage()).append('\n');
            network |= at instanceof IOException || at instanceof java.nio.channels.UnresolvedAddressException;
            late |= at instanceof TimeoutException || String.valueOf(at.getMessage()).startsWith("Timeout on blocking read");
        }
        Matcher sentence = SENTENCE.matcher(said);
        String authority = variable("AZURE_AUTHORITY_HOST").isEmpty() ? "login.microsoftonline.com" : variable("AZURE_AUTHORITY_HOST");
        if (!sentence.find()) {
            return unavailable(late ? "no token from " + authority + " within 30 s"
                    : network ? "no token: cannot reach " + authority + ". Is the way to it open?"
                    : "no credential gave a token (" + settings.mode().word() + "): " + said.toString().lines().findFirst().orElse("")
                            + unconfigured(), failure);
        }
        String text = sentence.group().strip();
        return switch (sentence.group(1)) {
            case "70021", "700211", "700212", "700213" -> unavailable(unmatched(text), failure);
            case "90002" -> unavailable("no token: " + text + " AZURE_TENANT_ID is '" + variable("AZURE_TENANT_ID") + "'.", failure);
            case "700016" -> unavailable("no token: " + text + " AZURE_CLIENT_ID is '" + variable("AZURE_CLIENT_ID")
                    + "', AZURE_TENANT_ID is '" + variable("AZURE_TENANT_ID") + "'.", failure);
            case "7000215", "7000222" -> unavailable("no token: " + text + " Look at AZURE_CLIENT_SECRET.", failure);
            default -> unavailable("no token: " + text, failure);
        };
    }

    private String unconfigured() {
        return settings.mode() == AuthMode.DEFAULT && settings.variable("AZURE_FEDERATED_TOKEN_FILE").isEmpty()
                ? ". For workload identity: " + POD : "";
    }

    private String unmatched(String text) {
        TokenClaims token = new TokenClaims(java.util.Map.of());
        try {
            token = TokenClaims.of(Files.readString(Path.of(variable("AZURE_FEDERATED_TOKEN_FILE"))));
        } catch (IOException | InvalidPathException unreadable) {
            // Then the sentence does without.
        }
        return "no token: " + text + " Our token has issuer '" + token.text("iss") + "', subject '" + token.text("sub") + "', audience '"
                + token.text("aud") + "'; client '" + variable("AZURE_CLIENT_ID") + "' needs a federated credential with exactly these, "
                + "subject system:serviceaccount:<namespace>:<service account>, audience api://AzureADTokenExchange. "
                + "A new one takes some minutes to work.";
    }

    private static HistoryException unavailable(String message, Throwable thrown) {
        HistoryException failure = HistoryException.unavailable(message, null);
        if (thrown != null) {
            failure.addSuppressed(thrown);
        }
        return failure;
    }
}
