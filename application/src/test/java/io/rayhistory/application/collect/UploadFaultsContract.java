package io.rayhistory.application.collect;

import io.rayhistory.application.collect.FaultyStore.Fault;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.EventSpoolContract;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.SpoolSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever a store refuses, cuts off or fails to answer, and whenever the process begins anew: no line is lost or doubled. */
public abstract class UploadFaultsContract {

    /** Of nobody else's. */
    protected abstract ObjectStore emptyStore();

    /** How many random histories the test makes. */
    protected abstract int histories();

    @Test
    public void nothingIsDeletedBeforeItIsStoredAndNothingIsStoredTwice() {
        for (int round = 0; round < histories(); round++) {
            long seed = 20261122L + round;
            try {
                new Run(seed, emptyStore()).all();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final UploadFixture given;
        private final List<String> posted = new ArrayList<>();
        private SpoolUploader uploader;

        Run(long seed, ObjectStore store) {
            given = new UploadFixture(store, SpoolSettings.DEFAULTS.withRotation(60, Duration.ofHours(1)));
            random = new Random(seed);
            uploader = uploader();
            double faulty = random.nextDouble() * 0.9;
            given.store.faults = () -> random.nextDouble() < faulty ? Fault.values()[random.nextInt(4)] : Fault.NONE;
        }

        private SpoolUploader uploader() {
            return given.uploader(UploadSettings.DEFAULTS.withGzip(random.nextBoolean()), Runnable::run);
        }

        void all() {
            for (int step = 0; step < 60; step++) {
                step();
                Set<String> somewhere = new HashSet<>(stored());
                given.spool.files().forEach(file -> somewhere.addAll(EventSpoolContract.text(given.spool, file).lines().toList()));
                assertTrue(somewhere.containsAll(posted), () -> posted + " are not all in " + somewhere);
            }
            given.store.faults = () -> Fault.NONE;
            given.pass(Duration.ofHours(1));
            assertEquals(0, uploader.finish(Duration.ofSeconds(1)));
            assertEquals(List.of(), given.spool.files());
            assertEquals(posted.stream().sorted().toList(), stored().stream().sorted().toList());
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    String line = "line " + posted.size();
                    EventSpoolContract.post(given.spool, new Category("session_1", random.nextBoolean() ? "" : "01"), line);
                    posted.add(line);
                }
                case 2, 3 -> uploader.pass();
                case 4 -> given.pass(Duration.ofSeconds(random.nextInt(40)));
                default -> {
                    if (random.nextInt(3) == 0) {
                        given.spool.seal(""); // A new process appends to none of the files it finds, and may compress or not.
                        uploader = uploader();
                    } else if (random.nextInt(3) == 0) {
                        given.spool.seal("");
                    }
                }
            }
        }

        private List<String> stored() {
            List<String> lines = new ArrayList<>();
            given.names("ray/cluster-history/").forEach(name -> lines.addAll(given.text(name).lines().toList()));
            return lines;
        }
    }
}
