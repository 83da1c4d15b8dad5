package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.application.port.EventSplitter.PostedEvent;
import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.EventStream;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The JSON array of one hour, generation A, to which one spool file goes; other files, processes and collectors may write
 * to it as well. It grows at its end, and every write names the version it expects. If that is not there, or not known,
 * the array is read, and only events go there whose ids it has not. What is no array is left alone: the events go to the
 * next hour's, for readers do not interpret the hour. For one thread at a time.
 *
 * <p>Memory: 40 bytes for each event of a spool file while an array is read, and some lines.
 */
final class HourArray implements StoredEvents {
    private static final System.Logger LOG = System.getLogger(HourArray.class.getName());
    private static final int MOST_HOURS = 24;
    private static final int MOST_STEPS = 250;
    /** More events than a spool file of the usual size holds; those beyond may be stored twice. */
    private static final int MOST_IDS = 1 << 20;
    private static final RecentIds NONE = new RecentIds(1);

    private final EventSpool spool;
    private final ObjectStore store;
    private final EventSplitter splitter;
    private final StorageLayout layout;
    private final SessionKey session;
    private final UploadMetrics metrics;
    private int hours;
    private long sent;
    /** The version that the following is about, {@code ""} for none; what comes goes to {@code end}, behind the last member. */
    private boolean known;
    private String etag = "";
    private long length;
    private long end;
    private boolean members;
    /** Events of the file that the array has although they were not confirmed. */
    private RecentIds there = NONE;

    HourArray(EventSpool spool, ObjectStore store, EventSplitter splitter, StorageLayout layout, SessionKey session, UploadMetrics metrics) {
        this.spool = spool;
        this.store = store;
        this.splitter = splitter;
        this.layout = layout;
        this.session = session;
        this.metrics = metrics;
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public boolean send(SpoolFile file) {
        boolean stay = true;
        for (int step = 0; stay && sent < file.committed(); step++) {
            if (step == MOST_STEPS) {
                throw HistoryException.unavailable("'" + name(file) + "' keeps changing", null);
            }
            stay = known ? write(file) : look(file);
        }
        return stay;
    }

    private boolean write(SpoolFile file) {
        known = false; // If the answer is lost, nobody knows what is there.
        boolean[] any = {members};
        Optional<Optional<ObjectInfo>> stored = lines(file, lines -> {
            try (ArrayLines content = new ArrayLines(lines, splitter, event -> !there.contains(id(event)), spool::reject, end == 0, members)) {
                Optional<ObjectInfo> now = etag.isEmpty() ? store.putIfAbsent(name(file), content)
                        : store.extend(name(file), etag, end, content);
                any[0] = content.members();
                return now;
            }
        });
        if (stored.isPresent() && stored.get().isPresent()) {
            ObjectInfo now = stored.get().get();
            metrics.sent(file.committed() - sent, now.length() - length);
            be(now.etag(), now.length(), now.length() - ArrayLines.END.length, any[0]);
            sent = file.committed();
        }
        return stored.isPresent();
    }

    private void be(String version, long objectBytes, long behindMembers, boolean hasMembers) {
        etag = version;
        length = objectBytes;
        end = behindMembers;
        members = hasMembers;
        there = NONE;
        known = true;
    }

    /** Reads what is stored under the name. @return false if the file is gone */
    private boolean look(SpoolFile file) {
        Optional<ObjectInfo> found = store.find(name(file));
        if (found.isEmpty() || found.get().length() == 0) {
            be(found.map(ObjectInfo::etag).orElse(""), 0, 0, false);
            return true;
        }
        RecentIds ours = new RecentIds(MOST_IDS);
        RecentIds stored = new RecentIds(MOST_IDS);
        boolean stay = lines(file, lines -> {
            ArrayLines.each(lines, splitter, event -> ours.add(id(event)));
            return true;
        }).isPresent();
        Optional<ArrayEnds> ends = stay ? read(file, found.get(), ours, stored) : Optional.empty();
        if (ends.isPresent() && !ends.get().isArray()) {
            nextHour(file);
        } else if (ends.isPresent()) {
            be(found.get().etag(), found.get().length(), ends.get().behindMembers(), ends.get().hasMembers());
            there = stored;
            if (stored.size() > 0) {
                metrics.adopted();
            }
            if (stored.size() > 0 && stored.size() == ours.size()) {
                sent = file.committed();
            }
        }
        return stay;
    }

    /** Empty if the object is gone. */
    private Optional<ArrayEnds> read(SpoolFile file, ObjectInfo object, RecentIds ours, RecentIds stored) {
        return store.read(name(file), 0, ObjectStore.TO_END, object.etag(), (stream, info) -> {
            ArrayEnds ends = new ArrayEnds(stream);
            try {
                splitter.split(ends, new EventSplitter.Sink() {
                    @Override
                    public void event(PostedEvent event) {
                        EventHash id = id(event);
                        if (ours.contains(id)) {
                            stored.add(id);
                        }
                    }

                    @Override
                    public void rejected(String reason, byte[] start, int size) {
                        // It stays where it is.
                    }
                });
            } catch (HistoryException damaged) {
                if (damaged.kind() != HistoryException.Kind.INVALID) {
                    throw damaged;
                }
                ends.spoil();
            }
            return ends;
        });
    }

    private void nextHour(SpoolFile file) {
        LOG.log(System.Logger.Level.WARNING, () -> "'" + name(file) + "' is no JSON array; these events go to the next hour's");
        if (hours == MOST_HOURS) {
            throw HistoryException.unavailable("no array near '" + name(file) + "'", null);
        }
        metrics.renamed();
        hours++;
    }

    private <T> Optional<T> lines(SpoolFile file, EventSpool.RangeReader<T> reader) {
        return spool.read(file, file.gzip() ? 0 : sent, file.committed(), range -> {
            try (InputStream lines = file.gzip() ? new GZIPInputStream(range) : range) {
                return reader.read(lines);
            }
        });
    }

    /** Events without an id are known by their text. */
    private static EventHash id(PostedEvent event) {
        EventHash start = EventHash.ofSession(event.session());
        return event.eventId().isEmpty()
                ? start.with(new String(event.bytes(), event.offset(), event.length(), StandardCharsets.ISO_8859_1))
                : start.with(event.eventId());
    }

    private String name(SpoolFile file) {
        EventStream stream = new EventStream(session, file.nodeId(), EventStream.jobIdOf(file.category().jobId()));
        return layout.eventFile(stream, file.opened().plus(Duration.ofHours(hours)), false);
    }
}
