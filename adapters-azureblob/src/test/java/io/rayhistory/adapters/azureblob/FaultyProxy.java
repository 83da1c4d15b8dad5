package io.rayhistory.adapters.azureblob;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Stands between a client and Azurite, and does to single requests what networks and services do. One request a connection. */
final class FaultyProxy implements AutoCloseable {

    /** What happens to a request. */
    interface Fault {
        void happen(Exchange exchange) throws IOException, InterruptedException;
    }

    /** One request, as read, and the client that waits. */
    final class Exchange {
        private final byte[] request;
        private final OutputStream client;

        Exchange(byte[] request, OutputStream client) {
            this.request = request;
            this.client = client;
        }

        /** Azurite's answer, head and body. */
        byte[] forward() throws IOException {
            try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
                upstream.getOutputStream().write(request);
                upstream.getOutputStream().flush();
                return upstream.getInputStream().readAllBytes();
            }
        }
    }

    static final Fault PASS = exchange -> exchange.client.write(exchange.forward());

    /** Answered here, Azurite never sees it. */
    static Fault answer(int status, String code, String... headers) {
        return exchange -> exchange.client.write(("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\nx-ms-request-id: id-" + status
                + "\r\nx-ms-error-code: " + code + "\r\n" + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Done by Azurite, but the answer is lost. */
    static Fault loseAnswer() {
        return Exchange::forward;
    }

    /** The head and some bytes of the body, then the connection ends. */
    static Fault cutAfter(int bytes) {
        return exchange -> part(exchange, bytes);
    }

    private static void part(Exchange exchange, int bytes) throws IOException {
        byte[] answer = exchange.forward();
        int head = headLength(answer);
        exchange.client.write(answer, 0, Math.min(answer.length, head + bytes));
        exchange.client.flush();
    }

    /** The same, but then silence instead of an end. */
    Fault hangAfter(int bytes) {
        return exchange -> {
            part(exchange, bytes);
            closing.await();
        };
    }

    Fault hang() {
        return exchange -> closing.await();
    }

    /** A few bytes at a time. */
    static Fault trickle(int bytes, int millis) {
        return exchange -> {
            byte[] answer = exchange.forward();
            for (int at = 0; at < answer.length; at += bytes) {
                exchange.client.write(answer, at, Math.min(bytes, answer.length - at));
                exchange.client.flush();
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        };
    }

    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<String, Fault> faults = request -> PASS;

    FaultyProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** @param faults by request line and range header, such as {@code GET /account/container/blob HTTP/1.1 bytes=0-} */
    void when(Function<String, Fault> faults) {
        requests.clear();
        this.faults = faults;
    }

    /** Does it to the first requests that a text matches, then passes. */
    void times(int count, String regex, Fault fault) {
        int[] left = {count};
        when(request -> {
            synchronized (left) {
                return request.matches(regex) && left[0]-- > 0 ? fault : PASS;
            }
        });
    }

    /** What came since the last {@link #when}. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            String line = line(in);
            String summary = line;
            int length = 0;
            head.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.toLowerCase().startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
                summary += line.toLowerCase().startsWith("x-ms-range:") ? " " + line.substring(11).strip() : "";
                head.write(line.toLowerCase().startsWith("connection:") ? new byte[0] : (line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            head.write("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            head.write(in.readNBytes(length));
            requests.add(summary);
            faults.apply(summary).happen(new Exchange(head.toByteArray(), socket.getOutputStream()));
        } catch (IOException | InterruptedException gone) {
            // The client, or the test, has given up.
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static int headLength(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        threads.shutdownNow();
    }
}
