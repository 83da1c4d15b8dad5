package io.rayhistory.adapters.raydashboard;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The opening of a WebSocket (RFC 6455, section 4): the dashboard's answer, and the connection if that is a yes. An answer
 * that is a no keeps its text, which is what Ray's command line shows.
 *
 * @param headers by lower-case name
 * @param body    of a refusal, cut off after some KiB
 */
record Upgrade(int status, Map<String, List<String>> headers, byte[] body, Socket connection, InputStream in) {
    private static final int SWITCHING = 101;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int MOST_HEAD = 32 * 1024;
    private static final int MOST_BODY = 4096;
    private static final int SHORT_LINE = 100;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Asks, and waits for the answer.
     *
     * @param uri     with scheme http or https
     * @param headers what to send along
     * @param wait    for every piece of the answer; {@link java.net.SocketTimeoutException} afterwards
     */
    static Upgrade ask(HeadRoute.Way way, URI uri, Map<String, String> headers, Duration wait) throws IOException {
        Socket connection = connect(way, uri);
        try {
            connection.setSoTimeout(Math.toIntExact(wait.toMillis()));
            byte[] nonce = new byte[16];
            RANDOM.nextBytes(nonce);
            String key = Base64.getEncoder().encodeToString(nonce);
            connection.getOutputStream().write(request(uri, key, headers));
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String[] lines = head(in).split("\r\n");
            int status = status(lines[0]);
            Map<String, List<String>> fields = fields(lines);
            if (status == SWITCHING) {
                if (!fields.getOrDefault("sec-websocket-accept", List.of("")).get(0).equals(accepted(key))) {
                    throw new IOException("not the answer of a WebSocket");
                }
                return new Upgrade(status, fields, new byte[0], connection, in);
            }
            byte[] body = body(in, fields);
            connection.close();
            return new Upgrade(status, fields, body, connection, in);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    boolean accepted() {
        return status == SWITCHING;
    }

    private static Socket connect(HeadRoute.Way way, URI uri) throws IOException {
        boolean tls = uri.getScheme().equals("https");
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
            plain.connect(new InetSocketAddress(uri.getHost(), port), Math.toIntExact(CONNECT.toMillis()));
            if (!tls) {
                return plain;
            }
            SSLSocket secured = (SSLSocket) way.client().sslContext().getSocketFactory().createSocket(plain, uri.getHost(), port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            return secured;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static byte[] request(URI uri, String key, Map<String, String> headers) throws IOException {
        StringBuilder text = new StringBuilder("GET ").append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()).append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority())
                .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(key).append("\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getValue().chars().anyMatch(Character::isISOControl)) {
                throw new IOException("header " + header.getKey() + " is malformed");
            }
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int end = 0; end < 4; ) {
            int next = in.read();
            if (next < 0 || head.size() >= MOST_HEAD) {
                throw new IOException(next < 0 ? "no answer" : "the head of the answer is too large");
            }
            head.write(next);
            end = next == "\r\n\r\n".charAt(end) ? end + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
            throw new IOException("not an answer of HTTP/1.1");
        }
        return Integer.parseInt(parts[1]);
    }

    private static Map<String, List<String>> fields(String[] lines) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT), List.of(lines[i].substring(colon + 1).strip()));
            }
        }
        return fields;
    }

    private static byte[] body(InputStream in, Map<String, List<String>> fields) throws IOException {
        String length = fields.getOrDefault("content-length", List.of("")).get(0);
        if (!fields.getOrDefault("transfer-encoding", List.of("")).get(0).equalsIgnoreCase("chunked")) {
            return in.readNBytes(length.matches("\\d{1,9}") ? Math.min(MOST_BODY, Integer.parseInt(length)) : MOST_BODY);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < MOST_BODY) {
            String size = line(in).split(";")[0].strip();
            byte[] chunk = in.readNBytes(size.matches("[0-9A-Fa-f]{1,7}") ? Math.min(MOST_BODY, Integer.parseInt(size, 16)) : 0);
            if (chunk.length == 0) {
                break;
            }
            body.writeBytes(chunk);
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < SHORT_LINE; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static String accepted(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
