package io.rayhistory.domain.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Under which key a dashboard answer is stored: {@code restful__} and the raw request target with {@code __} for each
 * slash. Not injective, so a key is never turned back into a request; requests are encoded and compared.
 */
public final class EndpointKey {
    private static final String PREFIX = "restful__";

    private EndpointKey() {
    }

    /** The key of a request. @param target raw path and query as sent, nothing decoded, no host */
    public static String of(String target) {
        int start = 0;
        int end = target.length();
        while (start < end && target.charAt(start) == '/') {
            start++;
        }
        while (end > start && target.charAt(end - 1) == '/') {
            end--;
        }
        return PREFIX + target.substring(start, end).replace("/", "__");
    }

    /**
     * A text that is equal for keys of requests that mean the same: decoded path without trailing slashes, decoded query
     * pairs in any order. {@code ""} for keys that are no request's.
     */
    public static String canonical(String key) {
        if (!key.startsWith(PREFIX)) {
            return "";
        }
        int query = key.indexOf('?');
        String path = query < 0 ? key : key.substring(0, query);
        List<String> pairs = new ArrayList<>();
        if (query >= 0) {
            for (String pair : key.substring(query + 1).split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    // A NUL apart: no decoded text can imitate the border between two parts.
                    pairs.add(part(name.replace('+', ' ')) + "\0" + part(value.replace('+', ' ')));
                }
            }
        }
        Collections.sort(pairs);
        String decoded = part(path);
        while (decoded.endsWith("__")) {
            decoded = decoded.substring(0, decoded.length() - 2);
        }
        return decoded + "\0" + String.join("\0\0", pairs);
    }

    private static String part(String encoded) {
        return decode(encoded).replace("/", "__").replace('\0', '?');
    }

    /** The text's UTF-8 bytes, one character each, escapes resolved; broken escapes stay as they are. */
    private static String decode(String text) {
        byte[] bytes = Utf8.encode(text);
        StringBuilder decoded = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.append((char) (bytes[i] & 255));
            } else {
                decoded.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return decoded.toString();
    }
}
