package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Certificates made by the JDK's keytool, for real TLS connections. */
final class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    /** Writes certificate and key as PEM. @param pkcs1 writes the key as OpenSSL did for RSA */
    private TlsSettings make(String name, String algorithm, boolean pkcs1) throws Exception {
        Path store = folder.resolve(name + "-" + algorithm + System.nanoTime() + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
                "-keyalg", algorithm, "-dname", "CN=" + name, "-keystore", store.toString(), "-storepass", "changeit", "-storetype", "PKCS12")
                .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile()).start();
        assertEquals(0, keytool.waitFor());
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD);
        Key key = made.getKey("a", PASSWORD);
        byte[] bytes = key.getEncoded();
        TlsSettings files = new TlsSettings(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        // The inner key of PKCS#8 begins behind 26 bytes: two lengths, version and name of RSA.
        pem(files.key(), pkcs1 ? "RSA PRIVATE KEY" : "PRIVATE KEY", pkcs1 ? Arrays.copyOfRange(bytes, 26, bytes.length) : bytes);
        pem(files.certificate(), "CERTIFICATE", made.getCertificate("a").getEncoded());
        return files;
    }

    private static void pem(Path file, String what, byte[] bytes) throws Exception {
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what + "-----\n");
    }

    @Test
    void keysOfAllUsualFormsAreRead() throws Exception {
        for (String algorithm : new String[] {"RSA", "EC"}) {
            Certificate read = PemIdentity.read(make("one", algorithm, false)).store().getCertificate("server");
            assertEquals("CN=one", ((X509Certificate) read).getSubjectX500Principal().getName());
        }
        assertTrue(PemIdentity.read(make("one", "RSA", true)).store().isKeyEntry("server"));
    }

    @Test
    void whatIsNoPairIsRefusedWithWords() throws Exception {
        TlsSettings files = make("one", "RSA", false);
        String certificate = Files.readString(files.certificate());
        make("two", "RSA", false);
        Files.writeString(files.certificate(), certificate);
        assertTrue(refusal(files).contains("does not belong"));
        Files.writeString(files.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertTrue(refusal(files).contains("openssl pkcs8"));
        Files.delete(files.key());
        assertTrue(refusal(files).contains("tls.key"));
    }

    private static String refusal(TlsSettings files) {
        return assertThrows(HistoryException.class, () -> PemIdentity.read(files).store()).getMessage();
    }

    @Test
    void aReplacedCertificateIsShownToNewConnections() throws Exception {
        Server server = new Server();
        try (TlsFiles tls = new TlsFiles(make("one", "RSA", false), Duration.ofMillis(50))) {
            ServerConnector connector = new ServerConnector(server, tls.factory());
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.start();
            assertEquals("CN=one", shown(connector.getLocalPort()));
            make("two", "EC", false);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!shown(connector.getLocalPort()).equals("CN=two")) {
                assertTrue(System.nanoTime() < end, "the new certificate is not shown");
                Thread.sleep(50);
            }
        } finally {
            server.stop();
        }
    }

    /** Jetty would shut the connection behind its Close frame; not every client can answer then. */
    @Test
    void aWebSocketEndsWhenTheClientHasAnsweredItsEnd() throws Exception {
        TlsSettings files = make("one", "EC", false);
        try (SampleServer server = SampleServer.start(settings -> settings.withTls(files)); SSLSocket socket = connect(server.server().port())) {
            socket.getOutputStream().write(("GET " + SampleServer.BASE + "/api/jobs/raysubmit_demo/logs/tail HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder read = new StringBuilder();
            while (!read.toString().endsWith("end of the log")) {
                int next = socket.getInputStream().read();
                assertTrue(next >= 0, read::toString);
                read.append((char) next);
            }
            socket.setSoTimeout(200);
            assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8});
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    private static SSLSocket connect(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    }

    private static String shown(int port) throws Exception {
        try (SSLSocket socket = connect(port)) {
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertTrue(socket.getInputStream().read() == 'H');
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
