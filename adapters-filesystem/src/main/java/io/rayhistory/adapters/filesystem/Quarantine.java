package io.rayhistory.adapters.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.TreeSet;

/**
 * Events that could not be used, for people to look at: {@code rejected/{day}.jsonl}, one JSON object a line with the time,
 * the reason, the event's length and its first 64 KiB (as text, or in base64 if it is none). Kept in files of a quarter of
 * the limit, the later ones of a day called {@code {day}.{n}.jsonl}; the oldest goes first. Thread-safe; never throws.
 */
final class Quarantine {
    private static final System.Logger LOG = System.getLogger(Quarantine.class.getName());
    private static final int LONGEST = 64 << 10;
    private static final int MOST_FILES = 4;

    private final Path folder;
    private final long fileLimit;
    private final InstantSource clock;
    private Path file;
    private String day = "";
    private long written;
    private long rejected;
    private long lost;

    Quarantine(Path folder, long limit, InstantSource clock) {
        this.folder = folder;
        this.fileLimit = Math.max(1, limit / MOST_FILES);
        this.clock = clock;
    }

    synchronized void add(String reason, byte[] event, int offset, int length, long wholeLength) {
        Instant now = clock.instant();
        rejected++;
        byte[] line = line(now, reason, event, offset, cut(event, offset, length), wholeLength);
        try {
            Files.createDirectories(folder);
            chooseFile(now.atZone(ZoneOffset.UTC).toLocalDate().toString(), line.length);
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(line);
            }
            written += line.length;
        } catch (IOException e) {
            lost++;
            LOG.log(System.Logger.Level.WARNING, () -> "a rejected event could not be kept in " + folder, e);
            file = null;
            day = "";
        }
    }

    synchronized long rejected() {
        return rejected;
    }

    synchronized long lost() {
        return lost;
    }

    private void chooseFile(String today, int lineLength) throws IOException {
        if (today.equals(day) && written + lineLength <= fileLimit) {
            return;
        }
        for (int n = 0; ; n++) {
            Path next = folder.resolve(n == 0 ? today + ".jsonl" : today + "." + n + ".jsonl");
            long size = Files.exists(next, LinkOption.NOFOLLOW_LINKS) ? Files.size(next) : 0;
            if (size == 0 || size + lineLength <= fileLimit) {
                file = next;
                day = today;
                written = size;
                break;
            }
        }
        dropOldest();
    }

    private void dropOldest() throws IOException {
        TreeSet<Path> files = new TreeSet<>((a, b) -> {
            int byAge = Long.compare(modified(a), modified(b));
            return byAge != 0 ? byAge : a.compareTo(b);
        });
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jsonl")) {
            all.forEach(files::add);
        }
        files.remove(file);
        while (files.size() >= MOST_FILES) {
            Files.deleteIfExists(files.pollFirst());
        }
    }

    private static long modified(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    /** How much is kept: not half a character, which would make all of it no text. */
    private static int cut(byte[] event, int offset, int length) {
        int kept = Math.min(length, LONGEST);
        while (kept < length && kept > LONGEST - 4 && (event[offset + kept] & 0xC0) == 0x80) {
            kept--;
        }
        return kept;
    }

    private static byte[] line(Instant now, String reason, byte[] event, int offset, int length, long wholeLength) {
        StringBuilder line = new StringBuilder(length + 200).append("{\"at\":\"").append(now).append("\",\"reason\":");
        quote(line, reason);
        line.append(",\"bytes\":").append(wholeLength);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(event, offset, length)).toString();
            quote(line.append(",\"event\":"), text);
        } catch (CharacterCodingException noText) {
            ByteBuffer coded = Base64.getEncoder().encode(ByteBuffer.wrap(event, offset, length));
            line.append(",\"base64\":\"").append(StandardCharsets.ISO_8859_1.decode(coded)).append('"');
        }
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
