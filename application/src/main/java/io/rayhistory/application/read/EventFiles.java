package io.rayhistory.application.read;

import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the event files of one session on several threads, the largest first, so that the threads end at about the same
 * time; large ones in ranges of {@value #RANGE} bytes. A thread reads, decodes and replays: while some wait for the
 * store, others have work, so there should be more threads than cores. What is held at a time is a window and a few
 * shared texts per thread, whatever the files' size (see {@link EventCodec} for the longest line).
 *
 * <p>Event files only grow: a range of a file is the same whenever it is read.
 */
final class EventFiles {
    static final int RANGE = 8 << 20;
    /** What most lines need to come to their end behind a range. */
    private static final int SLACK = 1 << 15;

    private final ObjectStore store;
    private final EventCodec codec;
    private final LoadMeter meter;
    private final PieceQueue pieces = new PieceQueue();

    EventFiles(ObjectStore store, EventCodec codec, LoadMeter meter) {
        this.store = store;
        this.codec = codec;
        this.meter = meter;
    }

    static HistoryException gone(ObjectInfo object) {
        return HistoryException.unavailable(
                "The event file " + object.name() + " was deleted while its session was being read.", null);
    }

    /** @param watch called on the calling thread several times a second; ends everything by throwing */
    void readInto(Replay replay, String session, List<ObjectInfo> files, LoadTally tally, int threads, Runnable watch) {
        List<ObjectInfo> filled = files.stream().filter(file -> file.length() > 0)
                .sorted(Comparator.comparingLong(ObjectInfo::length).reversed().thenComparing(ObjectInfo::name)).toList();
        meter.expect(filled.size(), filled.stream().mapToLong(ObjectInfo::length).sum());
        filled.forEach(file -> pieces.add(new FilePiece(file, tally.file(file.name(), file.length()), 0,
                file.length() > 2L * RANGE ? RANGE : Long.MAX_VALUE)));
        pieces.work(threads, watch, () -> {
            EventSink sink = new EventSink(session, replay.part(), tally.events(), meter);
            return piece -> read(piece, sink);
        });
    }

    private void read(FilePiece piece, EventSink sink) {
        sink.begin(piece.file());
        ObjectInfo object = piece.object();
        long from = piece.first() ? 0 : piece.from() - 1;
        long length = piece.last() ? ObjectStore.TO_END : piece.length() + 1 + SLACK;
        boolean read = store.read(object.name(), from, length, "", (stream, now) -> {
            InputStream counted = meter.counting(stream);
            if (piece.last() && piece.first()) {
                codec.decode(counted, sink);
                return true;
            }
            return range(piece, new PieceStream(store, object, counted, from), counted, sink);
        }).orElseThrow(() -> gone(object));
        if (!read) {
            read(new FilePiece(object, piece.file(), 0, Long.MAX_VALUE), sink);
        } else if (piece.last()) {
            meter.fileRead();
        }
    }

    /** False, having read next to nothing, for a file that turns out to have no ranges. */
    private boolean range(FilePiece piece, InputStream onwards, InputStream lent, EventSink sink) throws IOException {
        InputStream lines = onwards;
        if (piece.first()) {
            byte[] head = lines.readNBytes(EventCodec.HEAD);
            if (!codec.isDivisible(head)) {
                return false;
            }
            addOthers(piece);
            lines = new SequenceInputStream(new ByteArrayInputStream(head), lines);
        }
        codec.decodeRange(lines, piece.first(), piece.length(), sink);
        // A connection whose answer was read to its end can be used again.
        lent.skip(SLACK);
        return true;
    }

    private void addOthers(FilePiece first) {
        long length = first.object().length();
        for (long from = RANGE; from < length; from += RANGE) {
            boolean last = from + RANGE >= length;
            pieces.add(new FilePiece(first.object(), first.file(), from, last ? Long.MAX_VALUE : RANGE));
        }
    }
}
