package io.rayhistory.domain.history;

/**
 * Ray repeats a task's own id inside the JSON text of its spans. With the id taken out, a session of 20,000 attempts
 * has a dozen different texts, which are then stored once each.
 */
final class ExtraData {
    /** Cannot occur: JSON text escapes control characters. */
    private static final String OWN_ID = "\u0001";

    private ExtraData() {
    }

    static String pack(String json, String taskId) {
        return taskId.isEmpty() || json.length() < taskId.length() ? json : json.replace(taskId, OWN_ID);
    }

    static String unpack(String packed, String taskId) {
        return packed.replace(OWN_ID, taskId);
    }

    /**
     * The value of a text member, {@code ""} when there is none. Ray writes these objects flat, with Python's separators
     * or without blanks.
     */
    static String member(String json, String name) {
        int key = json.indexOf('"' + name + '"');
        int quote = key < 0 ? -1 : json.indexOf('"', key + name.length() + 2);
        if (quote < 0 || !json.substring(key + name.length() + 2, quote).strip().equals(":")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = quote + 1; i < json.length() && json.charAt(i) != '"'; i++) {
            char c = json.charAt(i);
            if (c != '\\' || i + 1 == json.length()) {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            if (escaped == 'u' && i + 4 < json.length()) {
                text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                i += 4;
            } else {
                int control = "bfnrt".indexOf(escaped);
                text.append(control < 0 ? escaped : "\b\f\n\r\t".charAt(control));
            }
        }
        return text.toString();
    }
}
