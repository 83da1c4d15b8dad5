package io.rayhistory.adapters.http.api;

/** File names that clients ask for, made safe to stand in a header and to be saved under. */
public final class DownloadNames {
    private static final String DEFAULT = "file.txt";
    private static final int LONGEST = 200;

    private DownloadNames() {
    }

    /** The value of a {@code Content-Disposition} header. */
    public static String attachment(String name) {
        return "attachment; filename=\"" + clean(name) + "\"";
    }

    /**
     * The last path part without quotes and control characters. Other characters than printable ASCII become {@code _},
     * because headers have no agreed encoding.
     */
    static String clean(String name) {
        int folder = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        StringBuilder clean = new StringBuilder();
        for (int i = folder + 1; i < name.length() && clean.length() < LONGEST; i++) {
            char c = name.charAt(i);
            if (c > '~') {
                clean.append('_');
            } else if (c >= ' ' && c != '"' && c != '\'') {
                clean.append(c);
            }
        }
        String text = clean.toString().strip();
        return text.isEmpty() || text.chars().allMatch(c -> c == '.') ? DEFAULT : text;
    }
}
