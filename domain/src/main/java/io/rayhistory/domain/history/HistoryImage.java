package io.rayhistory.domain.history;

import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link SessionHistory} as plain values, so that it can be kept somewhere and come back without a replay: every answer
 * from what {@link #read} gives equals the answer from what was written. The values are little more than the columns
 * themselves. Their order changes with the code: whoever stores them stores a version with them.
 */
public final class HistoryImage {

    private HistoryImage() {
    }

    public static void write(SessionHistory history, ImageSink sink) {
        ImageWriter out = new ImageWriter(sink);
        out.text(history.sessionName()).number(history.recordEndNs())
                .map(new TreeMap<>(history.hiddenAttempts()), ImageWriter::number);
        EntitiesImage.write(history, out);
        TaskTableImage.write(history.tasks(), out);
    }

    /** @throws io.rayhistory.domain.HistoryException CORRUPT for values that no history has written */
    public static SessionHistory read(ImageSource source) {
        ImageReader in = new ImageReader(source);
        String sessionName = in.text();
        long recordEndNs = in.number();
        Map<String, Long> hidden = in.map(ImageReader::number);
        SessionHistory.Entities entities = EntitiesImage.read(in);
        return new SessionHistory(sessionName, recordEndNs, TaskTableImage.read(in), entities, hidden);
    }
}
