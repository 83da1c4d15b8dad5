package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Log collections of one node after the other, each as if a process had been started anew, on a clock that a test moves. */
public final class LogRig {
    static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    static final String NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    static final SessionKey KEY = new SessionKey(ClusterRef.plain("default", "demo"), SESSION);
    /** Everything a few thousand times smaller than usual, so that short tests meet every limit. */
    static final LogSettings SMALL = small(40);

    private final RayFolder folder;
    private final JournalFolder journals;
    private final ObjectStore store;
    private final LogSettings settings;
    private final StorageLayout layout = StorageLayout.clusterHistory("ray/");
    private long now = Duration.ofDays(1).toNanos();
    private LogCollection logs;

    public LogRig(RayFolder folder, JournalFolder journals, ObjectStore store, LogSettings settings) {
        this.folder = folder;
        this.journals = journals;
        this.store = store;
        this.settings = settings;
        restart();
    }

    static LogSettings small(int openFiles) {
        return new LogSettings(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(5), 300, 2_000, 300, 2_500, openFiles, 4);
    }

    /** A new process; the old one is dead, its files are closed. */
    public LogCollection restart() {
        if (logs != null) {
            logs.close();
        }
        logs = new LogCollection(folder, journals, store, layout, settings, new RequestBudget(1000, 1000, () -> now), Runnable::run, () -> now);
        logs.open(KEY, NODE);
        return logs;
    }

    public LogCollection logs() {
        return logs;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    /** One look, a second after the one before. */
    public void scan() {
        pass(Duration.ofSeconds(1));
        logs.scan();
    }

    /** Long enough for all that waits to be due. */
    void settle() {
        for (int i = 0; i < 8; i++) {
            scan();
        }
    }

    public String name(String path) {
        return layout.logFile(KEY, NODE, path);
    }

    /** What is stored of the node, by path below {@code logs/}. */
    public Map<String, byte[]> stored(ObjectStore from) {
        String prefix = name("x").substring(0, name("x").length() - 1);
        Map<String, byte[]> stored = new TreeMap<>();
        from.list(prefix).forEachRemaining(object -> stored.put(object.name().substring(prefix.length()),
                from.read(object.name(), 0, ObjectStore.TO_END, "", (in, info) -> in.readAllBytes()).orElseThrow()));
        return stored;
    }
}
