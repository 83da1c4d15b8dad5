package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long things may take. Times per call include all tries; every call, and every resumed download, has its own.
 *
 * @param connect      one TCP and TLS handshake
 * @param response     one try, until its headers arrive
 * @param idle         one wait for further bytes of a body
 * @param small        a look-up, a deletion, starting a copy
 * @param page         one page of a listing
 * @param block        one request that uploads; putting blocks together may take twice that
 * @param upload       one object of up to a GiB; as long again for each further GiB
 * @param download     waiting for storage during one read, not counting what the reader does meanwhile
 * @param deletion     while a container of the same name is still being deleted
 * @param grants       for a role or federated credential that was given just now
 * @param tries        of one request
 * @param firstDelay   before the second try; it doubles
 * @param longestDelay between tries
 */
public record TimeBudgets(Duration connect, Duration response, Duration idle, Duration small, Duration page, Duration block,
                          Duration upload, Duration download, Duration deletion, Duration grants, int tries, Duration firstDelay, Duration longestDelay) {
    /** How often a broken download goes on from its last byte. */
    static final int RESUMES = 5;
    private static final Pattern ENTRY = Pattern.compile("([a-z]+)=(\\d{1,7})(ms|s|m|)");
    private static final String EXPECTED = "expected names of small, page, block, upload, download, connect, response, idle with "
            + "times, such as 'page=30s,upload=5m'";

    /** For the server: a person waits. */
    public static TimeBudgets reader() {
        return new TimeBudgets(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(15),
                Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofSeconds(60),
                Duration.ofMinutes(10), 3, Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    /** For the collector: nobody waits, and the data must get there. */
    public static TimeBudgets collector() {
        TimeBudgets reader = reader();
        return new TimeBudgets(reader.connect, reader.response, reader.idle, reader.small, reader.page, reader.block, reader.upload,
                reader.download, reader.deletion, reader.grants, 5, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * These, with some replaced.
     *
     * @param text {@code name=time} with units ms, s (the default) or m, separated by commas; {@code ""} for none
     * @throws HistoryException INVALID
     */
    TimeBudgets with(String text) {
        Map<String, Duration> given = new TreeMap<>();
        for (String entry : text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*")) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches() || Long.parseLong(matcher.group(2)) == 0) {
                throw HistoryException.invalid("Azure: azureOperationTimeouts holds '" + entry + "': " + EXPECTED);
            }
            long number = Long.parseLong(matcher.group(2));
            given.put(matcher.group(1), switch (matcher.group(3)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            });
        }
        TimeBudgets changed = new TimeBudgets(take(given, "connect", connect), take(given, "response", response),
                take(given, "idle", idle), take(given, "small", small), take(given, "page", page), take(given, "block", block),
                take(given, "upload", upload), take(given, "download", download), deletion, grants, tries, firstDelay, longestDelay);
        if (!given.isEmpty()) {
            throw HistoryException.invalid("Azure: azureOperationTimeouts names " + given.keySet() + ": " + EXPECTED);
        }
        return changed;
    }

    private static Duration take(Map<String, Duration> given, String name, Duration usual) {
        Duration found = given.remove(name);
        return found == null ? usual : found;
    }
}
