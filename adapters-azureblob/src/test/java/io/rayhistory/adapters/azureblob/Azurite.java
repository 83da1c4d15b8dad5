package io.rayhistory.adapters.azureblob;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Azurite, the emulator, as a process of its own, ended with this one. Looked for in the system property {@code
 * rayhistory.azurite}, on the PATH, and where {@code .ci/run} installs it; where it is not, a container is started if
 * Docker runs. Without both the tests are aborted, and with {@code CI=true} they fail.
 */
final class Azurite {
    static final String ACCOUNT = "devstoreaccount1";
    /** Not a secret: printed in the emulator's manual. */
    static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String BINARY = "azurite-blob";
    private static final AtomicInteger CONTAINERS = new AtomicInteger();
    private static Azurite shared;

    private final Runnable end;
    private final int port;

    private Azurite(Runnable end, int port) {
        this.end = end;
        this.port = port;
    }

    /** The one that most tests share, over plain HTTP. */
    static synchronized Azurite shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A further one, for tests that stop it or want options. */
    static Azurite start(String... options) {
        Optional<Path> binary = binary();
        if (binary.isPresent()) {
            return process(binary.get(), options);
        }
        if (AzuriteContainer.dockerRuns()) {
            AzuriteContainer container = AzuriteContainer.start(options);
            return new Azurite(container::stop, container.port());
        }
        String message = "These tests need " + BINARY + " (npm install azurite) on the PATH, or -Drayhistory.azurite=FILE, or Docker; "
                + ".ci/run installs the first.";
        System.err.println(message);
        Assertions.assertNotEquals("true", System.getenv("CI"), message);
        return Assumptions.abort(message);
    }

    private static Azurite process(Path binary, String... options) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(binary.toString(), "--inMemoryPersistence", "--silent", "--disableTelemetry",
                    "--blobPort", String.valueOf(port)));
            command.addAll(List.of(options));
            Path log = Files.createTempFile("azurite", ".log");
            log.toFile().deleteOnExit();
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            await(process, port, log);
            return new Azurite(process::destroyForcibly, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> binary() {
        String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).orElse(System.getProperty("user.home") + "/.cache");
        Stream<Path> installed = Stream.empty();
        Path folder = Path.of(cache, "rayhistory-ci");
        try {
            installed = Files.isDirectory(folder) ? Files.list(folder).filter(path -> path.getFileName().toString().startsWith("azurite-"))
                    .map(path -> path.resolve("node_modules/.bin/" + BINARY)) : installed;
        } catch (IOException unreadable) {
            // Then it is not there.
        }
        return Stream.concat(Stream.of(Path.of(System.getProperty("rayhistory.azurite", BINARY))),
                Stream.concat(Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)).map(path -> Path.of(path, BINARY)), installed))
                .filter(Files::isExecutable).findFirst();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void await(Process process, int port, Path log) throws IOException {
        for (int i = 0; i < 300 && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException notYet) {
                try {
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new IllegalStateException("Azurite did not start: " + Files.readString(log));
    }

    int port() {
        return port;
    }

    void stop() {
        end.run();
    }

    static String connection(int port) {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + ";BlobEndpoint=http://127.0.0.1:" + port
                + "/" + ACCOUNT + ";";
    }

    String connection() {
        return connection(port);
    }

    static String freshContainer() {
        return "c" + ProcessHandle.current().pid() + "-" + CONTAINERS.incrementAndGet();
    }
}
