package io.rayhistory.application.collect;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One line of a journal: what the store has confirmed of one object. A line is a flat JSON object whose last member is
 * the CRC of the text before it, so that a torn or damaged line is told from a good one. Later lines win.
 *
 * @param family    path that the source was first written to, below {@code logs/}
 * @param object    below the node's {@code logs/}
 * @param path      where the source was last seen, below {@code logs/}
 * @param fileId    see {@link io.rayhistory.application.port.RayFolder.LogFile}
 * @param etag      of the confirmed version, {@code ""} if there is no object yet
 * @param floor     length of an object that is longer than its source, else 0
 * @param archiving number of the archive that the object is being copied to, else 0
 * @param print     of what was sent
 * @param closed    true if nothing more will come
 */
record JournalEntry(String family, String object, String path, String fileId, String etag, long floor, int archiving, Fingerprint print,
                    boolean closed) {
    private static final String CRC = ",\"crc\":\"";

    /** The whole line with its end. */
    byte[] line() {
        StringBuilder text = new StringBuilder();
        member(text, "family", family);
        member(text, "object", object);
        member(text, "path", path);
        member(text, "id", fileId);
        member(text, "etag", etag);
        member(text, "sent", Long.toString(print.length()));
        member(text, "first", print.first());
        member(text, "last", print.last());
        member(text, "whole", print.whole());
        member(text, "floor", Long.toString(floor));
        member(text, "archiving", Integer.toString(archiving));
        member(text, "closed", closed ? "1" : "0");
        return sealed(text.toString());
    }

    /** A line that names what a journal is about. */
    static byte[] header(String subject) {
        StringBuilder text = new StringBuilder();
        member(text, "journal", subject);
        return sealed(text.toString());
    }

    /** The subject, if the line is a sound header. */
    static Optional<String> subject(String line) {
        return members(line).map(members -> members.get("journal"));
    }

    /** Empty for a line that is damaged, or none of ours. */
    static Optional<JournalEntry> parse(String line) {
        try {
            return members(line).filter(members -> members.containsKey("object")).map(members -> new JournalEntry(
                    members.get("family"), members.get("object"), members.get("path"), members.get("id"), members.get("etag"),
                    Long.parseLong(members.get("floor")), Integer.parseInt(members.get("archiving")),
                    new Fingerprint(Long.parseLong(members.get("sent")), members.get("first"), members.get("last"), members.get("whole")),
                    members.get("closed").equals("1")));
        } catch (NumberFormatException | NullPointerException anotherForm) {
            return Optional.empty();
        }
    }

    private static byte[] sealed(String members) {
        return (members + CRC + crc(members) + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static void member(StringBuilder text, String name, String value) {
        text.append(text.length() == 0 ? "{" : ",").append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // Beyond ASCII as well: half a surrogate pair has no bytes of its own.
            text.append(c < ' ' || c == '"' || c == '\\' || c > '~' ? String.format("\\u%04x", (int) c) : c);
        }
        text.append('"');
    }

    /** Reads what {@link #member} writes, nothing more; the CRC has shown that it is that. */
    private static Optional<Map<String, String>> members(String line) {
        int end = line.lastIndexOf(CRC);
        if (end < 0 || !line.equals(line.substring(0, end) + CRC + crc(line.substring(0, end)) + "\"}")) {
            return Optional.empty();
        }
        Map<String, String> members = new HashMap<>();
        String[] texts = line.substring(0, end).split("\"", -1);
        for (int i = 1; i + 2 < texts.length; i += 4) {
            members.put(texts[i], plain(texts[i + 2]));
        }
        return Optional.of(members);
    }

    private static String plain(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                text.append((char) Integer.parseInt(escaped.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
