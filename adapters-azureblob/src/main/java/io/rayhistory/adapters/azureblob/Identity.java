package io.rayhistory.adapters.azureblob;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.core.util.ConfigurationSource;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.rayhistory.domain.HistoryException;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;

/**
 * The credential of azure-identity that the settings ask for, with failures in our words, at most 30 seconds for a token,
 * and one log line whenever another identity answers. Thread-safe.
 */
final class Identity implements TokenCredential {
    private static final System.Logger LOG = System.getLogger(Identity.class.getName());
    private static final String SCOPE = "https://storage.azure.com/.default";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AzureBlobSettings settings;
    private final TokenErrors errors;
    private final TokenCredential credential;
    private volatile String client = "";
    private volatile String announced = "";
    private volatile boolean proven;

    Identity(AzureBlobSettings settings, HttpClient http) {
        this.settings = settings;
        this.errors = new TokenErrors(settings);
        this.credential = settings.mode() == AuthMode.WORKLOAD_IDENTITY ? workload(settings, http) : chain(settings, http);
    }

    private static TokenCredential workload(AzureBlobSettings settings, HttpClient http) {
        WorkloadIdentityCredentialBuilder builder = new WorkloadIdentityCredentialBuilder()
                .configuration(configuration(settings.environment())).httpClient(http);
        // Set although the builder reads them too: it refuses to be built without, and we tell better what is missing.
        builder.tenantId(orNone(settings.variable("AZURE_TENANT_ID")))
                .clientId(orNone(settings.clientId().isEmpty() ? settings.variable("AZURE_CLIENT_ID") : settings.clientId()))
                .tokenFilePath(orNone(settings.variable("AZURE_FEDERATED_TOKEN_FILE")));
        String authority = authority(settings);
        if (!authority.isEmpty()) {
            builder.authorityHost(authority);
        }
        return (settings.instanceDiscovery() ? builder : builder.disableInstanceDiscovery()).build();
    }

    private static TokenCredential chain(AzureBlobSettings settings, HttpClient http) {
        DefaultAzureCredentialBuilder builder = new DefaultAzureCredentialBuilder()
                .configuration(configuration(settings.environment())).httpClient(http);
        if (!settings.clientId().isEmpty()) {
            builder.managedIdentityClientId(settings.clientId()).workloadIdentityClientId(settings.clientId());
        }
        String authority = authority(settings);
        if (!authority.isEmpty()) {
            builder.authorityHost(authority);
        }
        return (settings.instanceDiscovery() ? builder : builder.disableInstanceDiscovery()).build();
    }

    private static String authority(AzureBlobSettings settings) {
        return settings.authorityHost().isEmpty() ? settings.variable("AZURE_AUTHORITY_HOST") : settings.authorityHost();
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "unset" : text;
    }

    private static Configuration configuration(Map<String, String> environment) {
        ConfigurationSource none = path -> Map.of();
        return new ConfigurationBuilder(none, none, path -> environment).build();
    }

    /**
     * Gets a first token outside of the storage client, which would take a missing file for a bad connection.
     *
     * @throws HistoryException UNAVAILABLE, with what to do
     */
    void prove() {
        if (!proven) {
            getTokenSync(new TokenRequestContext().addScopes(SCOPE));
            proven = true;
        }
    }

    /** The client id that the last token names, {@code ""} before there is one. */
    String client() {
        return client;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> {
            requireConfigured();
            return credential.getToken(request);
        }).timeout(PATIENCE).doOnNext(token -> remember(token.getToken()))
                .onErrorMap(failure -> failure instanceof HistoryException ? failure : errors.of(failure));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return getToken(request).block();
    }

    private void requireConfigured() {
        if (settings.mode() == AuthMode.WORKLOAD_IDENTITY) {
            errors.requireWorkloadIdentity();
        }
    }

    private void remember(String token) {
        TokenClaims claims = TokenClaims.of(token);
        client = claims.client();
        String line = (client.isEmpty() ? "an identity without client id" : "client " + client)
                + (claims.text("tid").isEmpty() ? "" : " of tenant " + claims.text("tid")) + " by " + source(claims);
        if (!line.equals(announced)) {
            announced = line;
            LOG.log(System.Logger.Level.INFO, "Azure: signed in to " + settings.accountUrl() + " as " + line);
        }
    }

    /** Which credential it was, from what only that kind of token says and from what is configured. */
    private String source(TokenClaims claims) {
        if (settings.mode() == AuthMode.WORKLOAD_IDENTITY) {
            return "workload identity";
        }
        String machine = claims.text("xms_mirid");
        String person = claims.text("upn").isEmpty() ? claims.text("unique_name") : claims.text("upn");
        boolean ours = client.isEmpty() || client.equalsIgnoreCase(settings.variable("AZURE_CLIENT_ID"))
                || client.equalsIgnoreCase(settings.clientId());
        if (!person.isEmpty() || claims.text("idtyp").equals("user")) {
            return "a developer tool's sign-in" + (person.isEmpty() ? "" : " of " + person);
        }
        if (ours && !settings.variable("AZURE_CLIENT_SECRET").isEmpty()) {
            return "the client secret of AZURE_CLIENT_SECRET";
        }
        if (ours && !settings.variable("AZURE_CLIENT_CERTIFICATE_PATH").isEmpty()) {
            return "the certificate of AZURE_CLIENT_CERTIFICATE_PATH";
        }
        if (ours && !settings.variable("AZURE_FEDERATED_TOKEN_FILE").isEmpty()) {
            return "workload identity";
        }
        return machine.isEmpty() ? "the default chain" : "managed identity " + machine
                + (settings.variable("AZURE_CLIENT_ID").isEmpty() ? " (is that the node's? For the pod's own set up workload identity)" : "");
    }
}
