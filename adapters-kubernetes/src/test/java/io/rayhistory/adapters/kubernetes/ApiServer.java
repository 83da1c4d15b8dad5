package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A real API server on loopback, with RBAC and the definitions of RayClusters and RayServices; without kubelet and operator. Needs the
 * folder of {@code .ci/kube/build.sh} as system property {@code kube.binaries}. Users: admin, and alice, who may do nothing.
 */
public final class ApiServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int START_SECONDS = 180;

    private final Path binaries = Path.of(System.getProperty("kube.binaries"));
    private final Path folder;
    private final int port;
    private final int etcdPort;
    private final KubernetesClient admin;
    private final Process etcd;
    private Process server;

    /** Starts it, and waits until it answers. */
    public ApiServer(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        int[] ports = freePorts(3);
        this.port = ports[0];
        this.etcdPort = ports[1];
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Files.writeString(folder.resolve("sa.key"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(folder.resolve("sa.pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        Files.writeString(folder.resolve("tokens.csv"), "admin-token,admin,admin,system:masters\nalice-token,alice,alice-uid,\n");
        String etcdUrl = "http://" + LOOPBACK + ":" + etcdPort;
        String peerUrl = "http://" + LOOPBACK + ":" + ports[2];
        this.etcd = run("etcd", "--data-dir", folder.resolve("etcd").toString(), "--listen-client-urls", etcdUrl,
                "--advertise-client-urls", etcdUrl, "--listen-peer-urls", peerUrl, "--initial-advertise-peer-urls", peerUrl,
                "--initial-cluster", "default=" + peerUrl, "--unsafe-no-fsync");
        await("etcd", () -> listens(etcdPort));
        startServer();
        this.admin = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig("admin").toFile())).build();
        awaitReady();
        for (String kind : List.of("RayCluster", "RayService")) {
            try (InputStream definition = ApiServer.class.getResourceAsStream(kind.toLowerCase(Locale.ROOT) + "s.yaml")) {
                admin.load(definition).create();
            }
            await("the definition of " + kind + "s", () -> quietly(() -> {
                admin.genericKubernetesResources("ray.io/v1", kind).inAnyNamespace().list();
                return true;
            }));
        }
    }

    private void startServer() throws IOException {
        server = run("kube-apiserver", "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort, "--secure-port=" + port,
                "--bind-address=" + LOOPBACK, "--cert-dir=" + folder.resolve("certs"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-account-key-file=" + folder.resolve("sa.pub"), "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24", "--disable-admission-plugins=ServiceAccount");
        await("the certificate", () -> Files.exists(folder.resolve("certs/apiserver.crt")));
    }

    private void awaitReady() {
        await("the API server", () -> quietly(() -> "ok".equals(admin.raw("/readyz"))));
    }

    /** A client that may do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    /** For a user with a static token: {@code admin} or {@code alice}. */
    public Path kubeconfig(String user) {
        return kubeconfig(user, user + "-token");
    }

    /** For whoever holds that token. */
    public Path kubeconfig(String name, String token) {
        Path file = folder.resolve("kubeconfig-" + name);
        String text = """
                {"apiVersion": "v1", "kind": "Config", "current-context": "test",
                 "clusters": [{"name": "test", "cluster": {"server": "https://%s:%d", "certificate-authority": "%s"}}],
                 "users": [{"name": "user", "user": {"token": "%s"}}],
                 "contexts": [{"name": "test", "context": {"cluster": "test", "user": "user"}}]}
                """.formatted(LOOPBACK, port, folder.resolve("certs/apiserver.crt"), token);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server, not what it has stored. */
    public void kill() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    /** Starts it again with what it had stored. */
    public void restart() throws IOException {
        startServer();
        awaitReady();
    }

    /** Makes the server deaf and dumb, connections stay; or undoes that. */
    public void hang(boolean hangs) throws IOException, InterruptedException {
        new ProcessBuilder("kill", hangs ? "-STOP" : "-CONT", Long.toString(server.pid())).start().waitFor();
    }

    private Process run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binaries.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(program + ".log").toFile())).start();
    }

    private static void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " is not there after " + START_SECONDS + " s");
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean quietly(BooleanSupplier action) {
        try {
            return action.getAsBoolean();
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0));
        }
        int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    @Override
    public void close() {
        admin.close();
        try {
            hang(false);
            kill();
        } catch (IOException | InterruptedException e) {
            server.destroyForcibly();
        }
        etcd.destroy();
    }
}
