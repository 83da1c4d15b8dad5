package io.rayhistory.bootstrap;

import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SnapshotMode;
import io.rayhistory.application.read.SnapshotSettings;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.application.read.snapshot.SnapshotFormat;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A server that is upgraded must not answer from what an older one made of the same events. */
class SnapshotVersionTest {
    /** Version, and checksum of what the snapshot of the recording holds before it is compressed. */
    private static final String PINNED = "1 6bf7c3fa";

    @Test
    void whateverChangesSnapshotsChangesTheirVersion() throws Exception {
        RecordedStore recorded = new RecordedStore();
        ReaderSettings settings = ReaderSettings.of("ray", () -> Instant.EPOCH.plus(Duration.ofDays(1)))
                .withSnapshots(new SnapshotSettings(SnapshotMode.READ_WRITE, Duration.ZERO));
        List<String> names;
        try (HistoryReader reader = HistoryReader.open(recorded.store(), new JacksonEventCodec(),
                new JacksonAnswerCodec(), settings)) {
            StoredSession held = reader.session(reader.sessions().stream()
                    .filter(entry -> entry.key().session().equals(RecordedStore.SESSION)).findFirst().orElseThrow());
            do {
                Thread.sleep(10);
                names = recorded.names(name -> name.contains("history-index/snapshots/"));
            } while (names.isEmpty() && reader.histories().stats().snapshots().failed() == 0);
            assertEquals(RecordedStore.SESSION, held.entry().key().session());
        }
        assertEquals(PINNED, SnapshotFormat.VERSION + " " + checksum(recorded.bytes(names.get(0))),
                "A snapshot of the recording has changed. If that is wanted, raise SnapshotFormat.VERSION, so that "
                + "nobody reads older ones for it, and pin the new checksum here.");
    }

    private static String checksum(byte[] object) throws IOException, DataFormatException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(object));
        in.skipBytes(10);
        CRC32 crc = new CRC32();
        for (int rawLength = in.readInt(); rawLength > 0; rawLength = in.readInt()) {
            byte[] stored = new byte[in.readInt()];
            in.readInt();
            in.readFully(stored);
            byte[] raw = stored;
            if (stored.length < rawLength) {
                raw = new byte[rawLength];
                Inflater inflater = new Inflater(true);
                inflater.setInput(stored);
                inflater.inflate(raw);
                inflater.end();
            }
            crc.update(raw);
        }
        return String.format("%08x", crc.getValue());
    }
}
