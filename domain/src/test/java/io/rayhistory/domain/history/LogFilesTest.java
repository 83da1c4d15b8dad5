package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class LogFilesTest {
    private final LogFiles files = new LogFiles();

    private void add(String name) {
        files.add(new LogFile(Told.NODE, name, 1));
    }

    @Test
    void namesOfProcessLogsTellWorkerJobAndPid() {
        add("python-core-worker-" + Told.WORKER + "_812.log");
        add("old/worker-" + Told.WORKER + "-02000000-812.out");
        add("worker-" + Told.OTHER_WORKER + "-ffffffff-99.err");
        assertEquals(List.of(new WorkerSeen(Told.WORKER, Told.NODE, "02000000", 812),
                new WorkerSeen(Told.OTHER_WORKER, Told.NODE, "", 99)), List.copyOf(files.workers()));
        assertEquals(812, files.pidOf(Told.WORKER));
        assertEquals(0, files.pidOf("nobody"));
    }

    @Test
    void driverNamesTellTheJob() {
        String id = "04000000" + "f".repeat(48);
        add("python-core-driver-" + id + "_7.log");
        assertEquals(List.of(new WorkerSeen(id, Told.NODE, "04000000", 7)), List.copyOf(files.drivers()));
    }

    @Test
    void otherNamesTellNothing() {
        add("raylet.out");
        add("worker-xyz-02000000-1.out");
        add("python-core-worker-" + Told.WORKER + "_.log");
        add("worker-" + Told.WORKER + "-02000000-" + "9".repeat(30) + ".out");
        assertEquals(List.of(0L), files.workers().stream().map(WorkerSeen::pid).toList());
        assertTrue(files.drivers().isEmpty());
    }
}
