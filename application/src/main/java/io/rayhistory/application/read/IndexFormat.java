package io.rayhistory.application.read;

import io.rayhistory.domain.failure.Outcome;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Objects of the session index: gzip of a first line with the version, a line of tab-separated fields for each session, and
 * a last line with their number. Gzip tells what was cut or altered; whoever looks into a store can read it with zcat.
 */
final class IndexFormat {
    static final int VERSION = 1;
    private static final String TITLE = "rayhistory session index ";
    private static final String END = "end ";
    private static final int FIELDS = 16;
    /** Some 300,000 sessions of one day. */
    private static final int MOST_BYTES = 64 << 20;

    /** Whether the content can be used. Of damaged and newer objects nothing is. */
    enum State { SOUND, DAMAGED, NEWER }

    record Content(State state, List<IndexedSession> sessions) {
        static final Content DAMAGED = new Content(State.DAMAGED, List.of());
        static final Content NEWER = new Content(State.NEWER, List.of());
    }

    private IndexFormat() {
    }

    static byte[] write(Collection<IndexedSession> sessions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
            out.write(TITLE + VERSION + "\n");
            for (IndexedSession session : sessions) {
                out.write(line(session));
            }
            out.write(END + sessions.size() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String line(IndexedSession session) {
        ClusterRef cluster = session.key().cluster();
        SessionSummary summary = session.summary();
        return String.join("\t", escape(cluster.namespace()), escape(cluster.name()), cluster.ownerKind().name(), escape(cluster.ownerName()),
                escape(session.key().session()), escape(session.fingerprint()), Long.toString(session.madeMs()),
                Long.toString(summary.startMs()), Long.toString(summary.recordEndMs()), escape(summary.rayVersion()),
                Integer.toString(summary.nodes()), Integer.toString(summary.jobs()), Integer.toString(summary.attempts()),
                Integer.toString(summary.failures()), Integer.toString(summary.causes()), summary.outcome().name()) + "\n";
    }

    /** Whatever the bytes are: content that can be used, or the reason why there is none. */
    static Content read(byte[] bytes) {
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(MOST_BYTES);
            if (plain.length == MOST_BYTES) {
                return Content.DAMAGED;
            }
            text = new String(plain, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Content.DAMAGED;
        }
        String[] lines = text.split("\n");
        if (!lines[0].matches(TITLE + "\\d{1,6}")) {
            return Content.DAMAGED;
        }
        if (Integer.parseInt(lines[0].substring(TITLE.length())) > VERSION) {
            return Content.NEWER;
        }
        if (!lines[lines.length - 1].equals(END + (lines.length - 2))) {
            return Content.DAMAGED;
        }
        try {
            List<IndexedSession> sessions = new ArrayList<>(lines.length);
            for (int i = 1; i < lines.length - 1; i++) {
                sessions.add(session(lines[i].split("\t", -1)));
            }
            return new Content(State.SOUND, sessions);
        } catch (RuntimeException notOurs) {
            return Content.DAMAGED;
        }
    }

    private static IndexedSession session(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(fields.length + " fields");
        }
        ClusterRef cluster = new ClusterRef(unescape(fields[0]), unescape(fields[1]), OwnerKind.valueOf(fields[2]), unescape(fields[3]));
        SessionSummary summary = new SessionSummary(Long.parseLong(fields[7]), Long.parseLong(fields[8]), unescape(fields[9]),
                Integer.parseInt(fields[10]), Integer.parseInt(fields[11]), Integer.parseInt(fields[12]), Integer.parseInt(fields[13]),
                Integer.parseInt(fields[14]), Outcome.valueOf(fields[15]));
        return new IndexedSession(new SessionKey(cluster, unescape(fields[4])), unescape(fields[5]), Long.parseLong(fields[6]), summary);
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace("\t", "%09").replace("\n", "%0A").replace("\r", "%0D");
    }

    private static String unescape(String text) {
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%09", "\t").replace("%25", "%");
    }
}
