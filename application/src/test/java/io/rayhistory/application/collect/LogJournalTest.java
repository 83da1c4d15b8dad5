package io.rayhistory.application.collect;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LogJournalTest {
    private final InMemoryJournals files = new InMemoryJournals();

    private LogJournal journal(String subject) {
        return new LogJournal(files, "session_x", "node", subject);
    }

    private static JournalEntry entry(String object, String text) {
        return new JournalEntry("base", object, "path/of \"it\"\\\u00e4\ud800", "(dev=1,ino=2)", "\"etag\"", 7, 3,
                Fingerprint.of(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    private static JournalEntry closed(String object) {
        JournalEntry entry = entry(object, "");
        return new JournalEntry(entry.family(), object, entry.path(), entry.fileId(), entry.etag(), 0, 0, entry.print(), true);
    }

    @Test
    void laterLinesWinAndClosedOnesGo() {
        LogJournal journal = journal("here");
        journal.record(entry("a", "one"), entry("b", "two"));
        journal.record(entry("a", "three"), closed("b"), entry("c", ""));
        assertEquals(List.of(entry("a", "three"), entry("c", "")), List.copyOf(journal("here").load()));
    }

    @Test
    void whatWasConfirmedByAnotherStoreDoesNotCount() {
        journal("here").record(entry("a", "one"));
        assertTrue(journal("there").load().isEmpty());
    }

    @Test
    void aTornTailIsPassedOver() {
        LogJournal journal = journal("here");
        for (int i = 0; i < 20; i++) {
            journal.record(entry("object " + i, "text"));
        }
        for (int percent = 99; percent > 0; percent -= 7) {
            files.cutTo(percent);
            List<JournalEntry> left = List.copyOf(journal("here").load());
            assertTrue(left.size() < 20);
            for (int i = 0; i < left.size(); i++) {
                assertEquals(entry("object " + i, "text"), left.get(i));
            }
        }
    }

    @Test
    void afterATornTailNewLinesAreSound() {
        journal("here").record(entry("a", "one"), entry("b", "two"));
        files.cutTo(90);
        LogJournal next = journal("here");
        next.load();
        next.record(entry("c", "three"));
        assertEquals(List.of(entry("a", "one"), entry("c", "three")), List.copyOf(journal("here").load()));
    }

    @Test
    void aDamagedLineIsNoEntry() {
        String line = new String(entry("a", "one").line(), StandardCharsets.UTF_8).stripTrailing();
        assertEquals(Optional.of(entry("a", "one")), JournalEntry.parse(line));
        for (int i = 0; i < line.length(); i++) {
            String damaged = line.substring(0, i) + (char) (line.charAt(i) ^ 1) + line.substring(i + 1);
            assertEquals(Optional.empty(), JournalEntry.parse(damaged), damaged);
        }
    }

    @Test
    void aLongJournalIsCompacted() {
        LogJournal journal = journal("here");
        long most = 0;
        for (int i = 0; i < 5_000; i++) {
            journal.record(entry("object " + i % 10, "text " + i));
            most = Math.max(most, files.append("session_x", "node", new byte[0]));
        }
        assertTrue(most <= 1 << 20 && most > (1 << 20) - 1_000, most + " bytes");
        assertEquals(10, journal("here").load().size());
    }
}
