package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks addresses and names before any request: the client corrects some silently, and others fail much later. */
final class Endpoints {
    private static final String SETTING = "azureAccountURL (AZURE_STORAGE_ACCOUNT_URL)";
    private static final String EXPECTED = ": expected https://<account>.blob.core.windows.net";
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]");

    private Endpoints() {
    }

    static Optional<URI> absolute(String text) {
        try {
            URI uri = new URI(text);
            boolean web = uri.getHost() != null && uri.getScheme() != null && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
            return web ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * The account's URL without trailing slash. A path is only good for the emulator's {@code host:port/account}.
     *
     * @throws HistoryException INVALID
     */
    static String account(String text) {
        int query = text.indexOf('?');
        if (query >= 0) {
            // It may be a signature, so it is not shown.
            throw HistoryException.invalid("Azure: " + SETTING + " '" + text.substring(0, query) + "?...' has a query" + EXPECTED
                    + "; a shared access signature belongs into a connection string");
        }
        URI uri = absolute(text).filter(found -> found.getUserInfo() == null && found.getFragment() == null)
                .orElseThrow(() -> HistoryException.invalid("Azure: " + SETTING + " is '" + text + "'" + EXPECTED));
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.contains(".dfs.")) {
            throw HistoryException.invalid("Azure: " + SETTING + " is '" + text + "', the Data Lake address: use "
                    + uri.getScheme() + "://" + host.replace(".dfs.", ".blob."));
        }
        if (!uri.getScheme().equalsIgnoreCase("https")) {
            throw HistoryException.invalid("Azure: " + SETTING + " is '" + text + "': tokens need https");
        }
        String path = uri.getPath().replaceAll("/+$", "");
        boolean emulator = uri.getPort() > 0 && path.matches("/[^/]+");
        if (!path.isEmpty() && !emulator) {
            throw HistoryException.invalid("Azure: " + SETTING + " is '" + text + "' with a path" + EXPECTED
                    + "; the container goes into azureContainer (AZURE_STORAGE_CONTAINER)");
        }
        return uri.getScheme() + "://" + uri.getAuthority() + path;
    }

    /** @throws HistoryException INVALID */
    static String container(String name) {
        if (!CONTAINER.matcher(name).matches()) {
            throw HistoryException.invalid("Azure: azureContainer (AZURE_STORAGE_CONTAINER) is '" + name + "': expected 3 to 63 of "
                    + "a-z, 0-9 and single dashes, first and last no dash");
        }
        return name;
    }

    /** @throws HistoryException INVALID */
    static String authority(String text) {
        if (!text.isEmpty() && absolute(text).filter(uri -> uri.getScheme().equalsIgnoreCase("https")).isEmpty()) {
            throw HistoryException.invalid("Azure: azureAuthorityHost (AZURE_AUTHORITY_HOST) is '" + text
                    + "': expected an https URL such as https://login.microsoftonline.com/");
        }
        return text;
    }
}
