package io.rayhistory.adapters.raydashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Scanner;

/** A head that accepts WebSockets and then does with the bare connection what a test wants: a library would be too polite. */
final class RawHead implements AutoCloseable {
    private final ServerSocket listening;

    /** What happens after the upgrade; the connection is closed when it returns. */
    @FunctionalInterface
    interface Play {
        void on(Socket connection, OutputStream out) throws IOException;
    }

    RawHead(Play play) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(play), "raw-head");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve(Play play) {
        while (!listening.isClosed()) {
            try (Socket connection = listening.accept()) {
                upgrade(connection);
                play.on(connection, connection.getOutputStream());
            } catch (IOException e) {
                System.getLogger("raw-head").log(System.Logger.Level.DEBUG, "hung up on", e);
            }
        }
    }

    private static void upgrade(Socket connection) throws IOException {
        Scanner request = new Scanner(connection.getInputStream(), StandardCharsets.ISO_8859_1);
        String key = "";
        for (String line = request.nextLine(); !line.isEmpty(); line = request.nextLine()) {
            key = line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:") ? line.split(":")[1].strip() : key;
        }
        try {
            byte[] accepted = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accepted) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One whole text frame of less than 126 bytes. */
    static byte[] text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A close frame. */
    static byte[] end(int code, String reason) {
        byte[] said = reason.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[said.length + 2];
        body[0] = (byte) (code >> 8);
        body[1] = (byte) code;
        System.arraycopy(said, 0, body, 2, said.length);
        return frame(0x88, body);
    }

    private static byte[] frame(int type, byte[] body) {
        byte[] frame = new byte[body.length + 2];
        frame[0] = (byte) type;
        frame[1] = (byte) body.length;
        System.arraycopy(body, 0, frame, 2, body.length);
        return frame;
    }

    /** Ends the connection as the death of a process does when something is left unread. */
    static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
