package io.rayhistory.application.port;

import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.domain.HistoryException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A spool in memory, under the same contract as the real one. What it holds dies with it: for tests. */
public final class InMemoryEventSpool implements EventSpool {

    private static final class Lines {
        private final SpoolFile first;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private String nodeId;
        private boolean active = true;
        private long sent;
        private Instant unsentSince;

        Lines(SpoolFile first) {
            this.first = first;
            this.nodeId = first.nodeId();
        }

        long unsent() {
            return bytes.size() - sent;
        }

        SpoolFile snapshot() {
            return new SpoolFile(first.id(), first.clusterFolder(), first.category(), nodeId, first.opened(), first.gzip(),
                    bytes.size(), active);
        }
    }

    private final String clusterFolder;
    private final SpoolSettings settings;
    private final InstantSource clock;
    private final Map<Long, Lines> files = new LinkedHashMap<>();
    private final Map<String, String> nodes = new HashMap<>();
    private final List<String> rejected = new ArrayList<>();
    private Instant lastOpened = Instant.EPOCH;
    private long lastId;
    private long dropped;
    private boolean stopped;

    public InMemoryEventSpool(String clusterFolder, SpoolSettings settings, InstantSource clock) {
        this.clusterFolder = clusterFolder;
        this.settings = settings;
        this.clock = clock;
    }

    /** The rejected events, as {@code reason: event}. */
    public synchronized List<String> rejected() {
        return List.copyOf(rejected);
    }

    /** Plants a sealed file, as an earlier process may have left it. */
    public synchronized SpoolFile plant(String folder, Category category, String nodeId, Instant opened, boolean gzip,
                                        byte[] content) {
        Lines lines = new Lines(new SpoolFile(++lastId, folder, category, nodeId, opened, gzip, 0, false));
        lines.bytes.writeBytes(content);
        lines.active = false;
        lines.unsentSince = opened;
        files.put(lastId, lines);
        return lines.snapshot();
    }

    @Override
    public synchronized Batch begin() {
        if (stopped || settings.overflow() == Overflow.REJECT && unsent() >= settings.maxUnsentBytes()) {
            throw HistoryException.unavailable(stopped ? "stopping" : "full", null);
        }
        return new MemoryBatch();
    }

    private final class MemoryBatch implements Batch {
        private final Map<Category, ByteArrayOutputStream> staged = new LinkedHashMap<>();
        private boolean done;

        @Override
        public void append(Category category, byte[] line, int offset, int length) {
            if (done) {
                throw new IllegalStateException("the batch is committed or closed");
            }
            if (!staged.containsKey(category) && !category.jobId().isEmpty() && staged.size() >= MOST_CATEGORIES) {
                append(new Category(category.session(), ""), line, offset, length);
                return;
            }
            if (!staged.containsKey(category) && staged.size() == 2 * MOST_CATEGORIES) {
                throw new HistoryException(HistoryException.Kind.TOO_LARGE, "too many sessions in one batch");
            }
            ByteArrayOutputStream lines = staged.computeIfAbsent(category, key -> new ByteArrayOutputStream());
            lines.write(line, offset, length);
            lines.write('\n');
        }

        @Override
        public void commit() {
            if (done) {
                throw new IllegalStateException("the batch is committed or closed");
            }
            done = true;
            keep(staged);
        }

        @Override
        public void close() {
            done = true;
        }
    }

    private synchronized void keep(Map<Category, ByteArrayOutputStream> staged) {
        long more = staged.values().stream().mapToLong(ByteArrayOutputStream::size).sum();
        while (unsent() > 0 && unsent() + more > settings.maxUnsentBytes()) {
            if (settings.overflow() == Overflow.REJECT) {
                throw HistoryException.unavailable("full", null);
            }
            Lines oldest = files.values().stream().filter(file -> file.unsent() > 0)
                    .min(Comparator.comparing(file -> file.first.opened())).orElseThrow();
            dropped += oldest.unsent();
            files.remove(oldest.first.id());
        }
        staged.forEach((category, bytes) -> {
            Lines lines = active(file -> file.first.category().equals(category)).stream().findFirst().orElseGet(() -> open(category));
            if (lines.unsent() == 0) {
                lines.unsentSince = clock.instant();
            }
            lines.bytes.writeBytes(bytes.toByteArray());
            if (lines.bytes.size() >= settings.rotationBytes()) {
                seal(lines);
            }
        });
    }

    private Lines open(Category category) {
        Instant now = clock.instant();
        lastOpened = now.isAfter(lastOpened) ? now : lastOpened.plusNanos(1);
        Lines lines = new Lines(new SpoolFile(++lastId, clusterFolder, category, nodeOf(category.session()), lastOpened, false, 0, true));
        files.put(lastId, lines);
        return lines;
    }

    private List<Lines> active(Predicate<Lines> wanted) {
        return files.values().stream().filter(file -> file.active && wanted.test(file)).toList();
    }

    private void seal(Lines lines) {
        lines.active = false;
        if (lines.unsent() == 0) {
            files.remove(lines.first.id());
        }
    }

    private String nodeOf(String session) {
        return nodes.getOrDefault(session, nodes.getOrDefault("", ""));
    }

    private long unsent() {
        return files.values().stream().mapToLong(Lines::unsent).sum();
    }

    @Override
    public synchronized void reject(String reason, byte[] event, int offset, int length) {
        rejected.add(reason + ": " + new String(event, offset, Math.min(length, 64 << 10), StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void nodeIs(String session, String nodeId) {
        if (!nodeId.matches("[A-Za-z0-9._-]+")) {
            throw HistoryException.invalid("node id '" + nodeId + "'");
        }
        nodes.put(session, nodeId);
        active(file -> !file.nodeId.isEmpty() && !file.nodeId.equals(nodeOf(file.first.category().session()))).forEach(this::seal);
        files.values().stream().filter(file -> file.nodeId.isEmpty())
                .forEach(file -> file.nodeId = nodeOf(file.first.category().session()));
    }

    @Override
    public synchronized void seal(String session) {
        active(file -> session.isEmpty() || file.first.category().session().equals(session)).forEach(this::seal);
    }

    @Override
    public synchronized void tick() {
        Instant now = clock.instant();
        active(file -> Duration.between(file.first.opened(), now).compareTo(settings.rotationAge()) >= 0).forEach(this::seal);
    }

    @Override
    public synchronized List<SpoolFile> files() {
        return files.values().stream().filter(file -> file.bytes.size() > 0).map(Lines::snapshot)
                .sorted(Comparator.comparing(SpoolFile::opened)).toList();
    }

    @Override
    public <T> Optional<T> read(SpoolFile file, long from, long to, RangeReader<T> reader) {
        byte[] bytes;
        synchronized (this) {
            Lines lines = files.get(file.id());
            if (lines == null) {
                return Optional.empty();
            }
            bytes = lines.bytes.toByteArray();
        }
        if (from < 0 || from > to || to > bytes.length) {
            throw HistoryException.invalid("range " + from + " to " + to + " of " + bytes.length + " bytes");
        }
        try (InputStream range = new ByteArrayInputStream(bytes, (int) from, (int) (to - from))) {
            return Optional.of(reader.read(range));
        } catch (IOException e) {
            throw HistoryException.unavailable("spool file could not be read", e);
        }
    }

    @Override
    public synchronized void confirm(SpoolFile file, long length) {
        Lines lines = files.get(file.id());
        if (lines != null) {
            lines.sent = Math.max(lines.sent, Math.min(length, lines.bytes.size()));
            if (!lines.active && lines.unsent() == 0) {
                files.remove(file.id());
            }
        }
    }

    @Override
    public synchronized Optional<Instant> oldestUnsent() {
        return files.values().stream().filter(file -> file.unsent() > 0).map(file -> file.unsentSince).min(Comparator.naturalOrder());
    }

    @Override
    public synchronized SpoolUsage usage() {
        long disk = files.values().stream().mapToLong(file -> file.bytes.size()).sum();
        return new SpoolUsage(unsent(), settings.maxUnsentBytes(), disk, files.size(), dropped, 0, rejected.size(), 0);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
    }

    @Override
    public synchronized void close() {
        stopped = true;
    }
}
