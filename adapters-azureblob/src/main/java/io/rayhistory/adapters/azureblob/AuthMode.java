package io.rayhistory.adapters.azureblob;

import java.util.Locale;
import java.util.Optional;

/** How to prove who we are to the storage account. */
public enum AuthMode {
    /** An account key or a shared access signature, in a connection string. */
    CONNECTION_STRING,
    /** A federated token of this pod's service account, exchanged at Entra ID. No fallback. */
    WORKLOAD_IDENTITY,
    /** The first credential of azure-identity's default chain that yields a token. */
    DEFAULT;

    /** As it is written in settings. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Any case, {@code -} for {@code _}; empty for a word that is none of the three. */
    static Optional<AuthMode> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        for (AuthMode mode : values()) {
            if (mode.word().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
