package io.rayhistory.adapters.http;

import java.nio.file.Path;

/**
 * Where the server's own certificate lies; both files are read again when they change.
 *
 * @param certificate PEM: the server's certificate, then those that lead to its root
 * @param key         PEM: its private key, unencrypted, as PKCS#8 or (RSA) PKCS#1
 */
public record TlsSettings(Path certificate, Path key) {
}
