package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.domain.id.SessionName;
import io.rayhistory.domain.layout.EventStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The events of one post on their way into the spool. Nothing is remembered, and nothing quarantined, before they are
 * committed: a post that is refused comes again, whole. For one thread.
 *
 * <p>Bounded: ids of {@value #MOST_IDS} events, {@value #MOST_HELD_BYTES} bytes of rejected ones; what is beyond is not
 * compared, or quarantined at once.
 */
final class PostedBatch implements EventSplitter.Sink, AutoCloseable {
    /** Ray's largest batches have 10,000 events. */
    private static final int MOST_IDS = 16_384;
    private static final int MOST_HELD_BYTES = 256 << 10;

    private final EventSpool spool;
    private final Predicate<EventHash> keptBefore;
    private final RecentIds ids = new RecentIds(MOST_IDS);
    private final Map<String, Sorted> sorted = new HashMap<>();
    private final List<Rejected> rejects = new ArrayList<>();
    private EventSpool.Batch batch;
    private String session = "";
    private String jobId = "";
    private Sorted last;
    private int heldBytes;
    private long accepted;
    private long rejected;
    private long duplicates;
    private long untimed;
    private long bytes;
    private final List<String> reasons = new ArrayList<>();

    /** Where events of a session and job go. */
    private record Sorted(Category category, EventHash start) {
    }

    private record Rejected(String reason, byte[] start) {
    }

    PostedBatch(EventSpool spool, Predicate<EventHash> keptBefore) {
        this.spool = spool;
        this.keptBefore = keptBefore;
        this.batch = spool.begin();
    }

    @Override
    public void event(EventSplitter.PostedEvent event) {
        // The splitter hands out the same instances while the texts stay the same.
        if (last == null || !session.equals(event.session()) || !jobId.equals(event.jobId())) {
            if (event.session().length() > Category.LONGEST || !SessionName.isSafe(event.session())) {
                reject(event.session().isEmpty() ? "no sessionName" : "invalid sessionName", event.bytes(), event.offset(), event.length());
                return;
            }
            sort(event);
        }
        if (!event.eventId().isEmpty()) {
            EventHash id = last.start().with(event.eventId());
            if (ids.contains(id) || keptBefore.test(id)) {
                duplicates++;
                return;
            }
            if (ids.size() < MOST_IDS) {
                ids.add(id);
            }
        }
        batch.append(last.category(), event.bytes(), event.offset(), event.length());
        accepted++;
        bytes += event.length() + 1;
        untimed += event.hasTimestamp() ? 0 : 1;
    }

    private void sort(EventSplitter.PostedEvent event) {
        session = event.session();
        jobId = event.jobId();
        String key = session + '/' + jobId;
        last = sorted.get(key);
        if (last == null) {
            if (sorted.size() == EventSpool.Batch.MOST_CATEGORIES) {
                // Refusing so odd a post would be refusing it for ever. A part that is kept twice is read once.
                batch.commit();
                batch = spool.begin();
                sorted.clear();
            }
            String folder = EventStream.jobFolder(jobId);
            last = new Sorted(new Category(session, folder.length() > Category.LONGEST ? "" : folder), EventHash.ofSession(session));
            sorted.put(key, last);
        }
    }

    @Override
    public void rejected(String reason, byte[] start, int length) {
        reject(reason, start, 0, length);
    }

    private void reject(String reason, byte[] event, int offset, int length) {
        rejected++;
        if (reasons.size() < IntakeReceipt.MOST_REASONS) {
            reasons.add(reason);
        }
        int kept = Math.min(length, 64 << 10);
        if (heldBytes + kept > MOST_HELD_BYTES) {
            spool.reject(reason, event, offset, kept);
        } else {
            heldBytes += kept + reason.length() + 64;
            rejects.add(new Rejected(reason, Arrays.copyOfRange(event, offset, offset + kept)));
        }
    }

    /** Keeps the events; their ids may be remembered from now on. */
    RecentIds commit() {
        batch.commit();
        rejects.forEach(one -> spool.reject(one.reason(), one.start(), 0, one.start().length));
        return ids;
    }

    IntakeReceipt receipt() {
        return new IntakeReceipt(accepted, rejected, duplicates, reasons);
    }

    long bytes() {
        return bytes;
    }

    long untimed() {
        return untimed;
    }

    @Override
    public void close() {
        batch.close();
    }
}
