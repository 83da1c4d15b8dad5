package io.rayhistory.application.collect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What random log files went through. Every line tells its file, version and number, so an object with a gap, a byte
 * twice, or bytes of two files is the beginning of none of them.
 */
final class LogLives {
    /** Python's and spdlog's way to rotate, a file that is rewritten, files that only grow, one that moves. */
    private static final List<String> PATHS = List.of("dashboard.log", "raylet.out", "debug_state.txt", "events/event_GCS.log",
            "worker-1-01000000-7.err", "worker-2-01000000-8.out");
    private static final int KEPT = 3;

    private static final class Life {
        private final int number;
        private final List<byte[]> versions = new ArrayList<>(List.of(new byte[0]));
        private int lines;
        private byte[] required = new byte[0];
        private boolean alive = true;
        private boolean deleted;
        private boolean replaced;

        Life(int number) {
            this.number = number;
        }

        byte[] now() {
            return versions.get(versions.size() - 1);
        }
    }

    private final LogSource source;
    private final Random random;
    private final List<Life> lives = new ArrayList<>();
    private final Map<String, Life> at = new HashMap<>();
    private final Map<String, Integer> vacant = new HashMap<>();

    private final List<String> story;
    private boolean killed;

    /** @param story is told what happens */
    LogLives(LogSource source, Random random, List<String> story) {
        this.story = story;
        this.source = source;
        this.random = random;
    }

    void change() {
        String path = PATHS.get(random.nextInt(PATHS.size()));
        int dice = random.nextInt(20);
        if (!at.containsKey(path) || dice < 11) {
            append(path);
        } else if (dice < 15 && path.equals("dashboard.log")) {
            rotate(path, path + ".%d");
        } else if (dice < 15 && path.equals("raylet.out")) {
            rotate(path, "raylet.%d.out");
        } else if (dice < 16 && path.equals("debug_state.txt")) {
            rewrite(path);
        } else if (dice < 17 && path.startsWith("worker-2")) {
            move(path, "old/" + path);
        } else if (dice < 17 && path.startsWith("worker-1")) {
            at.get(path).deleted = true;
            end(path);
            source.delete(path);
        } else {
            append(path);
        }
    }

    private void append(String path) {
        if (vacant.getOrDefault(path, 0) > 0) {
            return; // Swapping a small file within one look counts as replacing it.
        }
        Life life = at.computeIfAbsent(path, key -> {
            Life fresh = new Life(lives.size());
            lives.add(fresh);
            return fresh;
        });
        byte[] text = text(life);
        byte[] before = life.now();
        byte[] after = Arrays.copyOf(before, before.length + text.length);
        System.arraycopy(text, 0, after, before.length, text.length);
        life.versions.set(life.versions.size() - 1, after);
        story.add("file " + life.number + " at " + path + " has " + after.length);
        source.append(path, text);
    }

    private byte[] text(Life life) {
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(12); line >= 0; line--) {
            text.append("file ").append(life.number).append('.').append(life.versions.size()).append(" line ").append(life.lines++)
                    .append(" of a log that goes on for a while\n");
        }
        return random.nextInt(10) == 0 ? new byte[0] : text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void rotate(String path, String form) {
        String oldest = String.format(form, KEPT);
        if (at.containsKey(oldest)) {
            end(oldest);
            source.delete(oldest);
        }
        for (int number = KEPT - 1; number > 0; number--) {
            move(String.format(form, number), String.format(form, number + 1));
        }
        move(path, String.format(form, 1));
        if (random.nextInt(3) > 0) {
            append(path);
        }
    }

    private void move(String from, String to) {
        if (at.containsKey(from)) {
            if (at.containsKey(to)) {
                at.get(to).deleted = true;
                at.get(to).replaced = true;
            }
            end(to);
            story.add(from + " becomes " + to);
            source.rename(from, to);
            at.put(to, at.remove(from));
        }
    }

    private void end(String path) {
        Life life = at.remove(path);
        if (life != null) {
            story.add("file " + life.number + " at " + path + " is gone");
            life.alive = false;
            vacant.put(path, 2);
        }
    }

    private void rewrite(String path) {
        Life life = at.get(path);
        life.versions.add(new byte[0]);
        life.lines = 0;
        byte[] text = text(life);
        life.versions.set(life.versions.size() - 1, text);
        life.required = new byte[0];
        story.add("file " + life.number + " at " + path + " is rewritten with " + text.length);
        source.rewrite(path, text);
    }

    /** A look is over: from now on, all that is there can be kept. */
    void scanned() {
        story.add("looked");
        vacant.replaceAll((path, looks) -> looks - 1);
        lives.stream().filter(life -> life.alive).forEach(life -> life.required = life.now());
    }

    /**
     * Of what may be gone before the next look, only what the store has can be asked for; of a deleted file not even that, for a new one
     * with its inode and path looks as if it had been rewritten.
     */
    void killed(Map<String, byte[]> stored) {
        story.add("killed");
        killed = true;
        for (Life life : lives) {
            life.required = life.deleted ? new byte[0] : stored.values().stream().filter(object -> begins(life.now(), object))
                    .max((a, b) -> Integer.compare(a.length, b.length)).orElse(new byte[0]);
        }
    }

    /** Every rotation is over: there is a file to be written to. */
    void calm() {
        PATHS.stream().filter(path -> !at.containsKey(path)).forEach(this::append);
    }

    /** Nothing but beginnings of files, of no file two. */
    void checkStored(Map<String, byte[]> stored, Object tale) {
        Map<String, String> holders = new HashMap<>();
        stored.forEach((name, object) -> {
            if (object.length == 0) {
                return;
            }
            String owner = "";
            for (Life life : lives) {
                for (int version = 0; version < life.versions.size(); version++) {
                    if (begins(life.versions.get(version), object)) {
                        owner = life.number + "." + version;
                    }
                }
            }
            assertTrue(!owner.isEmpty(), () -> tale + ": " + name + " is the beginning of no file:\n" + new String(object, StandardCharsets.UTF_8));
            holders.merge(owner, name, (one, other) -> one + " and " + other);
        });
    }

    /**
     * All that was seen, once, and of what is still there everything. The copy of
     * a deleted file's object may be under way if a kill came, and stay so while the file in its place is empty.
     */
    void checkComplete(Map<String, byte[]> stored, boolean once, Object tale) {
        for (Life life : lives) {
            byte[] required = life.alive ? life.now() : life.required;
            if (life.versions.size() == 1 && !life.replaced || life.alive) {
                assertTrue(required.length == 0 || stored.values().stream().anyMatch(object -> object.length >= required.length && begins(object, required)),
                        () -> tale + ": file " + life.number + " is not stored to byte " + required.length + "; stored are " + stored.keySet());
            }
        }
        Map<String, Integer> holders = new HashMap<>();
        stored.forEach((name, object) -> lives.stream().filter(life -> once && !(killed && life.deleted) && object.length > 0 && begins(life.versions.get(0), object))
                .forEach(life -> assertTrue(holders.merge("file " + life.number, 1, Integer::sum) == 1,
                        () -> tale + ": file " + life.number + " is stored twice, once as " + name)));
    }

    private static boolean begins(byte[] whole, byte[] start) {
        return whole.length >= start.length && Arrays.equals(whole, 0, start.length, start, 0, start.length);
    }
}
