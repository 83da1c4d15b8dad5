package io.rayhistory.application.collect;

import io.rayhistory.application.collect.FaultyObjectStore.Fault;
import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Random lives of log files, with a store that fails and processes that are killed anywhere: whatever happened, every
 * object is what one file was, or begins as that does, and no file is missing.
 */
public abstract class LogShippingContract {
    /** Failures are what this is about; held here, for loggers are forgotten. */
    private static final Logger QUIET = Logger.getLogger(LogShippingContract.class.getPackageName());

    @BeforeAll
    static void quieten() {
        QUIET.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        QUIET.setLevel(null);
    }

    /** An empty world: where the files are, and where they go. */
    public record World(RayFolder folder, LogSource source, JournalFolder journals, ObjectStore store) {
    }

    protected abstract World world(long seed) throws IOException;

    /** How many random histories one test makes. */
    protected abstract int histories();

    @Test
    public void everyByteIsStoredOnce() throws IOException {
        for (long seed = 1; seed <= histories(); seed++) {
            live(seed, 0, 0, false);
        }
    }

    @Test
    public void aFailingStoreCostsNothing() throws IOException {
        for (long seed = 1; seed <= histories(); seed++) {
            live(seed, 25, 0, false);
        }
    }

    @Test
    public void killsCostNothing() throws IOException {
        for (long seed = 1; seed <= histories(); seed++) {
            live(seed, 15, 8, false);
        }
    }

    /** Rotated files may then be stored under two numbers, but none is torn and none is missing. */
    @Test
    public void aLostJournalCostsNoByte() throws IOException {
        for (long seed = 1; seed <= histories(); seed++) {
            live(seed, 10, 5, true);
        }
    }

    /** What happened, for the one who has to find out why. */
    private record Story(String title, List<String> events) {
        @Override
        public String toString() {
            return title + "\n" + String.join("\n", events) + "\n" + title;
        }
    }

    private void live(long seed, int faultPercent, int killPercent, boolean forgetful) throws IOException {
        World world = world(seed);
        Random random = new Random(seed);
        boolean[] calm = new boolean[1];
        FaultyObjectStore store = new FaultyObjectStore(world.store(), () -> calm[0] ? Fault.NONE : fault(random, faultPercent, killPercent));
        LogRig rig = new LogRig(world.folder(), world.journals(), store, LogRig.SMALL);
        LogLives lives = new LogLives(world.source(), random, store.story());
        Story story = new Story("seed " + seed + ", faults " + faultPercent + " %, kills " + killPercent + " %", store.story());
        for (int step = 0; step < 120; step++) {
            int dice = random.nextInt(100);
            if (dice < 45) {
                lives.change();
            } else if (dice < 96 || killPercent == 0) {
                try {
                    rig.scan();
                    lives.scanned();
                } catch (FaultyObjectStore.Killed killed) {
                    restart(rig, store, lives, forgetful, world.journals());
                }
            } else {
                restart(rig, store, lives, forgetful, world.journals());
            }
            lives.checkStored(rig.stored(world.store()), story);
        }
        calm[0] = true;
        for (int look = 0; look < 3; look++) {
            rig.scan();
            lives.scanned();
        }
        lives.calm();
        lives.scanned();
        assertEquals(0, rig.logs().flush(Duration.ofSeconds(5)), story::toString);
        assertEquals(Duration.ZERO, rig.logs().stats().oldest(), () -> story + ": something waits for ever");
        lives.checkStored(rig.stored(world.store()), story);
        lives.checkComplete(rig.stored(world.store()), !forgetful, story);
        int writes = store.writes();
        rig.restart();
        rig.settle();
        assertEquals(forgetful ? store.writes() : writes, store.writes(), () -> story + ": a new process has nothing to do");
        rig.logs().close();
    }

    private static void restart(LogRig rig, FaultyObjectStore store, LogLives lives, boolean forgetful, JournalFolder journals) {
        if (forgetful) {
            journals.replace(LogRig.SESSION, LogRig.NODE, out -> out.write('\n'));
        }
        store.revive();
        lives.killed(rig.stored(store));
        rig.restart();
    }

    private static Fault fault(Random random, int faultPercent, int killPercent) {
        int dice = random.nextInt(100);
        if (dice < killPercent) {
            return random.nextBoolean() ? Fault.KILLED_BEFORE : Fault.KILLED_AFTER;
        }
        return dice < killPercent + faultPercent ? new Fault[] {Fault.REFUSED, Fault.ANSWER_LOST, Fault.CHANGED}[dice % 3] : Fault.NONE;
    }
}
