package io.rayhistory.adapters.raydashboard;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads and writes the frames of a WebSocket (RFC 6455, section 5) as its client. To be read by one thread; any may write.
 */
final class Frames {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int BINARY = 2;
    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int SHORT = 125;
    private static final int TWO_BYTES = 126;

    private final InputStream in;
    private final OutputStream out;
    private final int longest;
    private final Quiet quiet;

    /** A whole message or a control frame. */
    record Message(int type, byte[] body) {
    }

    /** Told each time the socket's timeout passes without a byte. */
    @FunctionalInterface
    interface Quiet {
        /** @throws IOException to read no further */
        void passed() throws IOException;
    }

    /** More than may be held in memory. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(int longest) {
            super("a message is longer than " + longest + " bytes");
        }
    }

    /** @param longest bytes of a message */
    Frames(InputStream in, OutputStream out, int longest, Quiet quiet) {
        this.in = in;
        this.out = out;
        this.longest = longest;
        this.quiet = quiet;
    }

    /** @throws IOException if the connection ends, or what comes is no frame of a server */
    Message next(ByteArrayOutputStream begun) throws IOException {
        while (true) {
            int first = one();
            int second = one();
            int type = first & 0x0f;
            if ((first & RESERVED) != 0 || (second & MASKED) != 0 || type > BINARY && type < CLOSE || type > PONG) {
                throw new IOException("what comes is no frame of a WebSocket");
            }
            byte[] body = body(second, begun.size());
            if (type >= CLOSE) {
                return new Message(type, body);
            }
            begun.writeBytes(body);
            if (type == BINARY) {
                throw new IOException("binary messages are not expected here");
            }
            if ((first & LAST) != 0) {
                byte[] whole = begun.toByteArray();
                begun.reset();
                return new Message(TEXT, whole);
            }
        }
    }

    private byte[] body(int lengths, int before) throws IOException {
        long length = lengths & ~MASKED;
        if (length > SHORT) {
            int bytes = length == TWO_BYTES ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | one();
            }
        }
        if (length < 0 || length + before > longest) {
            throw new TooLong(longest);
        }
        byte[] body = new byte[(int) length];
        for (int at = 0; at < body.length; ) {
            try {
                int count = in.read(body, at, body.length - at);
                if (count < 0) {
                    throw new EOFException();
                }
                at += count;
            } catch (SocketTimeoutException e) {
                quiet.passed();
            }
        }
        return body;
    }

    private int one() throws IOException {
        while (true) {
            try {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                return next;
            } catch (SocketTimeoutException e) {
                quiet.passed();
            }
        }
    }

    /** A control frame. @param body at most 125 bytes */
    synchronized void send(int type, byte[] body) throws IOException {
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask); // against caches between that misread; there is none, but the protocol wants it
        ByteBuffer frame = ByteBuffer.allocate(6 + body.length).put((byte) (LAST | type)).put((byte) (MASKED | body.length)).put(mask);
        for (int i = 0; i < body.length; i++) {
            frame.put((byte) (body[i] ^ mask[i % mask.length]));
        }
        out.write(frame.array());
    }

    void sendClose(int code) throws IOException {
        send(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** @param none what stands for a frame without a code */
    static int code(byte[] close, int none) {
        return close.length < 2 ? none : (close[0] & 0xff) << 8 | close[1] & 0xff;
    }

    static String reason(byte[] close) {
        return close.length < 2 ? "" : new String(close, 2, close.length - 2, StandardCharsets.UTF_8);
    }
}
