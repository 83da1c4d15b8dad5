package io.rayhistory.adapters.raydashboard;

import io.rayhistory.domain.HistoryException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Takes in a body: up to {@value #IN_MEMORY} bytes in memory, more in a file, never more than the limit. The file's name
 * is removed as soon as it is open, so that a killed process leaves nothing behind.
 */
final class BodySpool implements HttpResponse.BodySubscriber<SpooledAnswer> {
    static final int IN_MEMORY = 1 << 16;

    private final int status;
    private final Path folder;
    private final long limit;
    private final CompletableFuture<SpooledAnswer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final MessageDigest digest = sha256();
    private Flow.Subscription subscription;
    private FileChannel file;
    private long length;

    BodySpool(int status, Path folder, long limit) {
        this.status = status;
        this.folder = folder;
        this.limit = limit;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public CompletionStage<SpooledAnswer> getBody() {
        return answer;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        try {
            for (ByteBuffer part : parts) {
                take(part);
            }
            subscription.request(1);
        } catch (IOException | HistoryException e) {
            subscription.cancel();
            onError(e);
        }
    }

    private void take(ByteBuffer part) throws IOException {
        length += part.remaining();
        if (length > limit) {
            throw new HistoryException(HistoryException.Kind.TOO_LARGE, "the answer has more than " + limit + " bytes");
        }
        digest.update(part.duplicate());
        if (file == null && length <= IN_MEMORY) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            head.writeBytes(bytes);
            return;
        }
        if (file == null) {
            file = open();
            write(ByteBuffer.wrap(head.toByteArray()));
        }
        write(part);
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(folder);
        Path path = Files.createTempFile(folder, "answer-", ".part");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
        drop();
    }

    @Override
    public void onComplete() {
        String hash = HexFormat.of().formatHex(digest.digest());
        SpooledAnswer complete = new SpooledAnswer(status, length, hash, file == null ? head.toByteArray() : new byte[0], file);
        if (!answer.complete(complete)) {
            complete.close(); // nobody waits any more
        }
    }

    private void drop() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            System.getLogger(BodySpool.class.getName()).log(System.Logger.Level.DEBUG, "closing a dropped body", e);
        }
    }
}
