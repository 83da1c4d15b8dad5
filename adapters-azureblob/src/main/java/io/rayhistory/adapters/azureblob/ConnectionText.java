package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A storage connection string, taken apart to be checked before any request, and to explain refusals. Says which part is
 * wrong, never what it holds: {@code toString} shows no secret.
 */
final class ConnectionText {
    private static final String NAME = "the connection string (azureConnectionString, AZURE_STORAGE_CONNECTION_STRING) ";
    private static final String ENDPOINT = "BlobEndpoint";
    private static final String ACCOUNT = "AccountName";
    private static final String KEY = "AccountKey";
    private static final String SIGNATURE = "SharedAccessSignature";
    private static final String EMULATOR = "UseDevelopmentStorage";

    private final Map<String, String> parts = new TreeMap<>();

    private ConnectionText() {
    }

    /** @throws HistoryException INVALID, naming the part */
    static ConnectionText parse(String text) {
        ConnectionText parsed = new ConnectionText();
        for (String part : text.strip().split(";")) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                if (equals <= 0) {
                    throw bad("has a part without a name: expected Name=Value;Name=Value");
                }
                parsed.parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            }
        }
        parsed.check();
        return parsed;
    }

    private void check() {
        for (String name : new String[] {ACCOUNT, KEY, SIGNATURE, ENDPOINT, "EndpointSuffix", "DefaultEndpointsProtocol", EMULATOR}) {
            parts.keySet().stream().filter(given -> given.equalsIgnoreCase(name) && !given.equals(name)).findFirst().ifPresent(given -> {
                throw bad("spells '" + given + "': expected '" + name + "', upper and lower case matter");
            });
        }
        if (part(EMULATOR).equalsIgnoreCase("true")) {
            return;
        }
        if (!part(KEY).isEmpty()) {
            if (part(ACCOUNT).isEmpty()) {
                throw bad("has " + KEY + " but no " + ACCOUNT);
            }
            try {
                Base64.getDecoder().decode(part(KEY));
            } catch (IllegalArgumentException e) {
                throw bad("has an " + KEY + " that is no base64: was it cut, or quoted?");
            }
        } else if (part(SIGNATURE).isEmpty()) {
            throw bad("has neither " + KEY + " nor " + SIGNATURE);
        } else if (part(ACCOUNT).isEmpty() && part(ENDPOINT).isEmpty()) {
            throw bad("has " + SIGNATURE + " but neither " + ENDPOINT + " nor " + ACCOUNT);
        }
        if (!part(ENDPOINT).isEmpty()) {
            URI endpoint = Endpoints.absolute(part(ENDPOINT))
                    .orElseThrow(() -> bad("has a " + ENDPOINT + " that is no URL such as https://<account>.blob.core.windows.net"));
            if (endpoint.getHost().contains(".dfs.")) {
                throw bad("has a " + ENDPOINT + " of the dfs service: use the blob one, " + endpoint.getHost().replace(".dfs.", ".blob."));
            }
        }
    }

    private static HistoryException bad(String what) {
        return HistoryException.invalid("Azure: " + NAME + what);
    }

    private String part(String name) {
        return parts.getOrDefault(name, "");
    }

    boolean hasKey() {
        return part(SIGNATURE).isEmpty() || !part(KEY).isEmpty();
    }

    /** The shared access signature without question mark; {@code ""} if a key is used. */
    String signature() {
        return hasKey() ? "" : part(SIGNATURE).startsWith("?") ? part(SIGNATURE).substring(1) : part(SIGNATURE);
    }

    /** A field of the shared access signature, {@code ""} if absent. */
    private String field(String name) {
        for (String field : signature().split("&")) {
            if (field.startsWith(name + "=")) {
                return URLDecoder.decode(field.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** When the signature starts ({@code st}) or ends ({@code se}), if it says so. */
    Optional<Instant> time(String field) {
        String text = field(field);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The letters of what the signature allows; {@code ""} if they are in a stored policy. */
    String permissions() {
        return field("sp");
    }

    @Override
    public String toString() {
        return "connection string with " + parts.keySet();
    }
}
