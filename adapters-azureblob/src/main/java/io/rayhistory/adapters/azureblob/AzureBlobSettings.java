package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the blobs are and how to get at them; checked, so that whatever is wrong is told before the first request.
 *
 * @param mode              how to prove who we are
 * @param connectionString  for {@link AuthMode#CONNECTION_STRING}, else {@code ""}; secret
 * @param accountUrl        for the other modes, else {@code ""}
 * @param container         the container
 * @param clientId          a user-assigned identity, {@code ""} for what the environment says
 * @param authorityHost     where tokens come from, {@code ""} for the public cloud
 * @param instanceDiscovery whether to ask the public cloud about that host first
 * @param createContainer   whether to make a missing container
 * @param immutable         whether a policy forbids changes, so that every object must be written once
 * @param maxConcurrency    requests at once
 * @param times             budgets and retries
 * @param environment       the {@code AZURE_*} variables of azure-identity; holds secrets
 */
public record AzureBlobSettings(AuthMode mode, String connectionString, String accountUrl, String container, String clientId,
                                String authorityHost, boolean instanceDiscovery, boolean createContainer, boolean immutable,
                                int maxConcurrency,
                                TimeBudgets times, Map<String, String> environment) {
    /** What the container is called if nobody says so; the Go peer's default. */
    public static final String DEFAULT_CONTAINER = "ray-historyserver";
    /** All keys that {@link #of} asks for, with the variable that stands for each. */
    public static final Map<String, String> VARIABLES = variables();

    /** How the names of variables start that azure-identity reads. */
    public static final Set<String> IDENTITY_PREFIXES = Set.of("AZURE_", "IDENTITY_", "MSI_", "IMDS_");
    /** Keys whose JSON value may be a number or a boolean as well as a text. */
    public static final Set<String> NOT_TEXTS = Set.of("azureDisableInstanceDiscovery", "azureImmutable", "azureMaxConcurrency");

    private static final int DEFAULT_CONCURRENCY = 16;
    private static final int MOST_CONCURRENCY = 256;
    private static final List<String> PUBLIC_AUTHORITIES = List.of("login.microsoftonline.com", "login.microsoftonline.us",
            "login.chinacloudapi.cn", "login.partner.microsoftonline.cn", "login.microsoftonline.de");

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("azureConnectionString", "AZURE_STORAGE_CONNECTION_STRING");
        variables.put("azureAccountURL", "AZURE_STORAGE_ACCOUNT_URL");
        variables.put("azureContainer", "AZURE_STORAGE_CONTAINER");
        variables.put("azureAuthMode", "AZURE_STORAGE_AUTH_MODE");
        variables.put("azureClientId", "AZURE_CLIENT_ID");
        variables.put("azureAuthorityHost", "AZURE_AUTHORITY_HOST");
        variables.put("azureDisableInstanceDiscovery", "AZURE_DISABLE_INSTANCE_DISCOVERY");
        variables.put("azureCreateContainer", "AZURE_STORAGE_CREATE_CONTAINER");
        variables.put("azureImmutable", "AZURE_STORAGE_IMMUTABLE");
        variables.put("azureOperationTimeouts", "AZURE_STORAGE_OPERATION_TIMEOUTS");
        variables.put("azureMaxConcurrency", "AZURE_STORAGE_MAX_CONCURRENCY");
        return variables;
    }

    /**
     * @param values      what is set for a key of {@link #VARIABLES}, {@code ""} if nothing is
     * @param times       budgets and retries unless set otherwise
     * @param create      whether to make a missing container unless set otherwise
     * @param environment variables for azure-identity
     * @param file        the configuration file, for messages; {@code ""} if there is none
     * @param warn        takes what is odd but no reason to stop
     * @throws HistoryException INVALID, naming the setting and what was expected
     */
    public static AzureBlobSettings of(Function<String, String> values, TimeBudgets times, boolean create,
                                       Map<String, String> environment, String file, Consumer<String> warn) {
        Function<String, String> given = key -> values.apply(key).strip();
        String connection = given.apply("azureConnectionString");
        String url = given.apply("azureAccountURL");
        AuthMode mode = mode(given.apply("azureAuthMode"), connection, url, file, warn);
        if (mode == AuthMode.CONNECTION_STRING) {
            ConnectionText.parse(connection);
        } else {
            url = Endpoints.account(url);
        }
        String container = given.apply("azureContainer");
        String authority = Endpoints.authority(given.apply("azureAuthorityHost"));
        boolean foreign = !authority.isEmpty() && Endpoints.absolute(authority).stream()
                .noneMatch(uri -> PUBLIC_AUTHORITIES.contains(uri.getHost().toLowerCase(Locale.ROOT)));
        return new AzureBlobSettings(mode, mode == AuthMode.CONNECTION_STRING ? connection : "",
                mode == AuthMode.CONNECTION_STRING ? "" : url,
                Endpoints.container(container.isEmpty() ? DEFAULT_CONTAINER : container),
                given.apply("azureClientId"), authority,
                !foreign && !flag("azureDisableInstanceDiscovery", given.apply("azureDisableInstanceDiscovery")),
                create(given.apply("azureCreateContainer"), create),
                flag("azureImmutable", given.apply("azureImmutable")), concurrency(given.apply("azureMaxConcurrency")),
                times.with(given.apply("azureOperationTimeouts")), Map.copyOf(environment));
    }

    private static AuthMode mode(String word, String connection, String url, String file, Consumer<String> warn) {
        AuthMode detected = !connection.isEmpty() ? AuthMode.CONNECTION_STRING : url.isEmpty() ? null : AuthMode.DEFAULT;
        AuthMode mode = AuthMode.parse(word).orElse(detected);
        if (!word.isEmpty() && AuthMode.parse(word).isEmpty()) {
            warn.accept("Azure: azureAuthMode (AZURE_STORAGE_AUTH_MODE) '" + word + "' is none of connection_string, workload_identity, "
                    + "default; it is ignored");
        }
        if (detected == null) {
            throw HistoryException.invalid("Azure: set AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT_URL "
                    + "(or azureConnectionString / azureAccountURL in " + (file.isEmpty() ? "the configuration file" : file) + ")");
        }
        if (mode == AuthMode.CONNECTION_STRING && connection.isEmpty()) {
            throw HistoryException.invalid("Azure: azureAuthMode=connection_string needs azureConnectionString "
                    + "(AZURE_STORAGE_CONNECTION_STRING)");
        }
        if (mode != AuthMode.CONNECTION_STRING && url.isEmpty()) {
            throw HistoryException.invalid("Azure: azureAuthMode=" + mode.word() + " needs azureAccountURL (AZURE_STORAGE_ACCOUNT_URL), "
                    + "such as https://<account>.blob.core.windows.net");
        }
        return mode;
    }

    private static boolean flag(String key, String text) {
        if (!text.isEmpty() && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw HistoryException.invalid("Azure: " + key + " (" + VARIABLES.get(key) + ") is '" + text + "': expected true or false");
        }
        return text.equalsIgnoreCase("true");
    }

    private static boolean create(String text, boolean usual) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> usual;
            case "auto" -> true;
            case "never" -> false;
            default -> throw HistoryException.invalid("Azure: azureCreateContainer (AZURE_STORAGE_CREATE_CONTAINER) is '" + text
                    + "': expected auto or never");
        };
    }

    private static int concurrency(String text) {
        if (!text.matches("\\d{0,9}") || !text.isEmpty() && (Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_CONCURRENCY)) {
            throw HistoryException.invalid("Azure: azureMaxConcurrency (AZURE_STORAGE_MAX_CONCURRENCY) is '" + text
                    + "': expected a whole number from 1 to " + MOST_CONCURRENCY);
        }
        return text.isEmpty() ? DEFAULT_CONCURRENCY : Integer.parseInt(text);
    }

    /** A variable of azure-identity, {@code ""} if it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    @Override
    public String toString() {
        return "azureblob, container " + container + ", " + mode.word() + (accountUrl.isEmpty() ? "" : " at " + accountUrl)
                + (clientId.isEmpty() ? "" : ", client " + clientId);
    }
}
