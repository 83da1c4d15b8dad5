package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate and its key as Kubernetes keeps them in a Secret of type {@code kubernetes.io/tls}: two texts in PEM form. */
record PemIdentity(String certificate, String key) {
    static final char[] PASSWORD = new char[0];
    private static final Pattern KEY = Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    /** What stands before a PKCS#1 key in its PKCS#8 form, lengths left out: version 0 and the name of RSA. */
    private static final byte[] RSA_NAME = {2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};

    /** @throws HistoryException INVALID if a file cannot be read */
    static PemIdentity read(TlsSettings files) {
        return new PemIdentity(text(files.certificate()), text(files.key()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, file + " cannot be read: expected a PEM file", e);
        }
    }

    /** @throws HistoryException INVALID for texts that are none, or do not belong together */
    KeyStore store() {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.ISO_8859_1)));
            if (chain.isEmpty()) {
                throw HistoryException.invalid("the TLS certificate has no '-----BEGIN CERTIFICATE-----'");
            }
            PublicKey open = chain.iterator().next().getPublicKey();
            PrivateKey secret = privateKey(open.getAlgorithm());
            if (!belongs(secret, open)) {
                throw HistoryException.invalid("the TLS key does not belong to the first certificate");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("server", secret, PASSWORD, chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, "the TLS certificate or key is not PEM: " + e.getMessage(), e);
        }
    }

    private PrivateKey privateKey(String algorithm) throws GeneralSecurityException {
        Matcher found = KEY.matcher(key);
        String form = found.find() ? Optional.ofNullable(found.group(1)).orElse("") : "none ";
        byte[] bytes = form.equals("none ") ? new byte[0] : Base64.getMimeDecoder().decode(found.group(2));
        return switch (form) {
            case "" -> KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            case "RSA " -> KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(
                    wrap(0x30, concat(RSA_NAME, wrap(4, bytes)))));
            default -> throw HistoryException.invalid("the TLS key has no '-----BEGIN PRIVATE KEY-----'"
                    + " (openssl pkcs8 -topk8 -nocrypt turns other keys into one)");
        };
    }

    /** DER: tag, length, content; keys are longer than 255 bytes and shorter than 64 KiB. */
    private static byte[] wrap(int tag, byte[] content) {
        return concat(new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> Byte.SIZE), (byte) content.length}, content);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static boolean belongs(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        String name = switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> open.getAlgorithm();
        };
        byte[] text = "one and the same".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(name);
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(text);
        return signature.verify(signed);
    }

    @Override
    public String toString() {
        return "***";
    }
}
