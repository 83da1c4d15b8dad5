package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Splits {@code session,id,job;session,id,job}: {@code -} stands for what is absent, {@code !} for what is no event, {@code ?} ends it early. */
final class WordSplitter implements EventSplitter {

    @Override
    public void split(InputStream body, Sink sink) throws IOException {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        for (String word : text.isEmpty() ? new String[0] : text.split(";")) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            if (word.equals("?")) {
                throw HistoryException.invalid("the body ends early");
            }
            if (word.startsWith("!")) {
                sink.rejected("no event", bytes, bytes.length);
            } else {
                String[] parts = word.replace("-", "").split(",", -1);
                sink.event(new PostedEvent(parts[0], parts[1], parts[2], true, bytes, 0, bytes.length));
            }
        }
    }
}
