package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.domain.HistoryException;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the store has confirmed of the logs of one session and node, kept on the local disk, so that a new process goes on
 * where the last one was killed. Only a cache: without it, or with a part of it, the store is asked. So a journal that
 * cannot be written costs requests, not logs. Thread-safe.
 */
final class LogJournal {
    private static final System.Logger LOG = System.getLogger(LogJournal.class.getName());
    private static final long COMPACT_BYTES = 1 << 20;

    private final JournalFolder folder;
    private final String session;
    private final String nodeId;
    private final String subject;
    /** By object, latest change last, without the closed ones: as many as there are files. */
    private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
    private long compactAt = COMPACT_BYTES;
    private boolean begun;
    private boolean broken;

    /** @param subject where in which store the objects lie: of another place, nothing was confirmed */
    LogJournal(JournalFolder folder, String session, String nodeId, String subject) {
        this.folder = folder;
        this.session = session;
        this.nodeId = nodeId;
        this.subject = subject;
    }

    /** Reads what there is, latest change last. What is damaged or about another store is passed over. */
    synchronized Collection<JournalEntry> load() {
        entries.clear();
        try {
            folder.read(session, nodeId, this::read);
        } catch (HistoryException e) {
            LOG.log(System.Logger.Level.WARNING, "The journal of session {0} cannot be read, so the store is asked: {1}",
                    session, e.getMessage());
        }
        begun = false; // The next line comes after a compaction, for the file may end in a torn one.
        return List.copyOf(entries.values());
    }

    private void read(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            boolean ours = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ours = JournalEntry.subject(line).map(subject::equals).orElse(ours);
                if (ours) {
                    JournalEntry.parse(line).ifPresent(this::keep);
                }
            }
        } catch (IOException e) {
            throw HistoryException.unavailable("journal of session " + session + ", node " + nodeId, e);
        }
    }

    private void keep(JournalEntry entry) {
        entries.remove(entry.object());
        if (!entry.closed()) {
            entries.put(entry.object(), entry);
        }
    }

    /** Writes the lines in one go: after a kill all of them are there, or the last ones are not. */
    synchronized void record(JournalEntry... changes) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (JournalEntry change : changes) {
            keep(change);
            lines.writeBytes(change.line());
        }
        try {
            if (!begun || broken || folder.append(session, nodeId, lines.toByteArray()) > compactAt) {
                compact();
            }
        } catch (HistoryException e) {
            if (!broken) {
                LOG.log(System.Logger.Level.WARNING, "The journal of session {0} cannot be written; logs are still sent: {1}",
                        session, e.getMessage());
            }
            broken = true;
        }
    }

    private void compact() {
        long size = folder.replace(session, nodeId, out -> {
            out.write(JournalEntry.header(subject));
            for (JournalEntry entry : entries.values()) {
                out.write(entry.line());
            }
        });
        compactAt = Math.max(COMPACT_BYTES, 2 * size);
        begun = true;
        broken = false;
    }
}
