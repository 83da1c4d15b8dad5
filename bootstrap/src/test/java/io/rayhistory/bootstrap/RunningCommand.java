package io.rayhistory.bootstrap;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A command that serves, in a thread of this process; closing interrupts it and waits for its end. */
final class RunningCommand implements AutoCloseable {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer all = new StringBuffer();
    private final AtomicInteger code = new AtomicInteger(-1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread thread;
    private String url = "";

    RunningCommand(String... arguments) throws InterruptedException {
        PrintWriter lines = new PrintWriter(new LineByLine());
        thread = new Thread(() -> {
            code.set(Main.run(new Terminal(lines, lines, Map.of()), arguments));
            this.lines.add("ended with " + code);
        }, "command");
        thread.start();
        String ready = waitFor("Ready: ", "ended with ");
        url = ready.replaceFirst("Ready: (.*)/", "$1");
    }

    /** The first line from now on that starts with one of the texts. */
    String waitFor(String... starts) throws InterruptedException {
        while (true) {
            String line = lines.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("waited too long, after:\n" + all);
            }
            for (String start : starts) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
        }
    }

    String url() {
        return url;
    }

    String said() {
        return all.toString();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Ends the command and answers its exit code. */
    int stop() throws InterruptedException {
        thread.interrupt();
        thread.join(60_000);
        return code.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private final class LineByLine extends Writer {
        private final StringBuilder line = new StringBuilder();

        @Override
        public synchronized void write(char[] text, int from, int length) {
            all.append(text, from, length);
            for (int i = from; i < from + length; i++) {
                if (text[i] == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append(text[i]);
                }
            }
        }

        @Override
        public void flush() {
            // Lines are handed over as they are complete.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
