package io.rayhistory.adapters.filesystem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a segment of an object's name is called on disk, and back. Usually the same: folders hold blobs that other tools
 * copied verbatim. A segment that cannot stand for itself has an escaped form, <code>%~</code> and the text with
 * everything but plain ASCII as <code>%XX</code>; there is a second one, <code>%~~</code>, since a file and a folder of one
 * name need two. A segment that is too long is cut into folders called <code>%~+…</code>, the last piece being of the
 * escaped form. Names starting with <code>%~%tmp</code> are ours and no objects.
 *
 * <p>Every name on disk stands for exactly one segment: what looks escaped but is not what we would have written stands
 * for itself.
 */
final class FileNames {
    static final String HIDDEN = "%~%tmp";
    private static final String MARK = "%~";
    private static final String CONTINUED = "%~+";
    private static final List<String> ESCAPED = List.of("%~", "%~~");
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=&,@";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int LONGEST = 255;
    private static final int PIECE = 240;
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    private final boolean windows;

    /** @param windows whether to avoid what Windows cannot hold */
    FileNames(boolean windows) {
        this.windows = windows;
    }

    /** The ways to write a segment, best first: each a chain of folders and the final name. */
    List<List<String>> forms(String segment) {
        List<List<String>> forms = new ArrayList<>(3);
        if (canHold(segment) && !isContinued(segment) && segment(List.of(segment)).equals(Optional.of(segment))) {
            forms.add(List.of(segment));
        }
        ESCAPED.forEach(mark -> forms.add(escaped(segment, mark)));
        return forms;
    }

    private static List<String> escaped(String segment, String mark) {
        String body = escape(segment);
        List<String> chain = new ArrayList<>();
        int at = 0;
        for (; body.length() - at > PIECE; at += PIECE) {
            chain.add(CONTINUED + body.substring(at, at + PIECE));
        }
        chain.add(mark + body.substring(at));
        return chain;
    }

    /** Which of its segment's forms a chain is, 0 for the best. */
    int rank(List<String> chain, String segment) {
        return chain.get(chain.size() - 1).startsWith(MARK) ? forms(segment).indexOf(chain) : 0;
    }

    /** True for a folder that holds the continuation of a long segment. */
    boolean isContinued(String diskName) {
        return diskName.startsWith(CONTINUED);
    }

    /** The segment that a chain of names on disk stands for; empty if it is none. */
    Optional<String> segment(List<String> chain) {
        String last = chain.get(chain.size() - 1);
        if (last.startsWith(HIDDEN) || isContinued(last)) {
            return Optional.empty();
        }
        if (last.startsWith(MARK)) {
            StringBuilder body = new StringBuilder();
            chain.subList(0, chain.size() - 1).forEach(piece -> body.append(piece.substring(CONTINUED.length())));
            String mark = last.startsWith(ESCAPED.get(1)) ? ESCAPED.get(1) : ESCAPED.get(0);
            String segment = unescape(body.append(last.substring(mark.length())).toString());
            if (!segment.isEmpty() && escaped(segment, mark).equals(chain)) {
                return Optional.of(segment);
            }
        }
        return chain.size() == 1 ? Optional.of(last) : Optional.empty();
    }

    private boolean canHold(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST || segment.indexOf('\0') >= 0) {
            return false;
        }
        if (windows) {
            char last = segment.charAt(segment.length() - 1);
            boolean refused = segment.chars().anyMatch(c -> c < ' ' || "<>:\"|?*\\".indexOf(c) >= 0);
            String stem = segment.replaceFirst("\\..*", "").toLowerCase(Locale.ROOT);
            if (refused || last == '.' || last == ' ' || DEVICES.contains(stem) || stem.matches("(com|lpt)\\d")) {
                return false;
            }
        }
        try {
            // In a locale that is not UTF-8 the JDK cannot name such a file at all.
            return FileSystems.getDefault().getPath(segment).getFileName().toString().equals(segment);
        } catch (InvalidPathException unnamable) {
            return false;
        }
    }

    private static String escape(String segment) {
        StringBuilder escaped = new StringBuilder();
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 255);
            // A dot at the end of a piece, or of the whole, would be lost on Windows.
            boolean plain = PLAIN.indexOf(c) >= 0 && c != '.' || c == '.' && i + 1 < bytes.length && (escaped.length() + 1) % PIECE != 0;
            escaped.append(plain ? String.valueOf(c) : "%" + HEX.toHexDigits((byte) c));
        }
        return escaped.toString();
    }

    /** The text behind an escaped one, {@code ""} if there is none. */
    private static String unescape(String escaped) {
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%' && i + 2 < escaped.length()) {
                int high = Character.digit(escaped.charAt(i + 1), 16);
                int low = Character.digit(escaped.charAt(i + 2), 16);
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notOurs) {
            return "";
        }
    }
}
