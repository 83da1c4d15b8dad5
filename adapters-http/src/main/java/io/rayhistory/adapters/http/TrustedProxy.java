package io.rayhistory.adapters.http;

import io.rayhistory.application.port.AccessReview.Identity;
import io.rayhistory.application.port.Caller;
import io.rayhistory.domain.HistoryException;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.util.InetAddressSet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reverse proxy that has logged people in and says in headers who they are. Its headers are believed only if the connection
 * comes from one of its addresses and, where a secret is agreed on, carries that; from elsewhere they mean nothing. A header
 * that comes twice means nothing either: one of the two may be the client's own. Thread-safe.
 */
public final class TrustedProxy {
    /** The header of the secret. */
    public static final String SECRET = "X-Proxy-Secret";
    private static final Pattern RANGE = Pattern.compile("[0-9a-fA-F.:]+(/\\d{1,3})?");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");
    /** Names that Kubernetes gives its own; nobody gets them from outside. */
    private static final String RESERVED = "system:";
    private static final int LEAST_SECRET = 16;

    private final InetAddressSet addresses = new InetAddressSet();
    private final String user;
    private final String groups;
    private final Optional<RereadFile<List<byte[]>>> secrets;
    private final String prefix;

    private TrustedProxy(List<String> ranges, String user, String groups, Optional<Path> secrets, String prefix) {
        for (String range : ranges) {
            try {
                if (!RANGE.matcher(range).matches()) { // anything else could be a host's name, and would be looked up
                    throw new IllegalArgumentException();
                }
                addresses.add(range);
            } catch (IllegalArgumentException e) {
                throw new HistoryException(HistoryException.Kind.INVALID, "'" + range + "' is no range of addresses: expected one such as 10.0.0.0/8", e);
            }
        }
        this.user = user;
        this.groups = groups;
        this.secrets = secrets.map(file -> new RereadFile<>(file, "proxy secrets", text -> parse(file, text)));
        this.prefix = prefix;
    }

    /**
     * @param ranges  its addresses, or ranges such as {@code 10.0.0.0/8}
     * @param user    header with the user's name
     * @param groups  header with the names of groups, separated by commas
     * @param secrets file with what {@value #SECRET} has to be, one or several lines, re-read when it changes
     * @param prefix  put before the names of users and groups; may be empty
     * @throws HistoryException INVALID for what cannot be that
     */
    public static TrustedProxy of(List<String> ranges, String user, String groups, Optional<Path> secrets, String prefix) {
        if (ranges.isEmpty()) {
            throw HistoryException.invalid("there is no address of a trusted proxy");
        }
        for (String header : List.of(user, groups)) {
            if (!HEADER.matcher(header).matches()) {
                throw HistoryException.invalid("'" + header + "' is no name of a header");
            }
        }
        if (prefix.startsWith(RESERVED)) {
            throw HistoryException.invalid("'" + prefix + "' is a prefix of Kubernetes' own");
        }
        return new TrustedProxy(ranges, user, groups, secrets, prefix);
    }

    private static List<byte[]> parse(Path file, String text) {
        List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() < LEAST_SECRET)) {
            throw HistoryException.invalid(file + ": expected lines of at least " + LEAST_SECRET + " characters");
        }
        return lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Who asks, by the proxy's word. */
    Identity identity(HttpServletRequest request) {
        String stranger = stranger(request);
        if (!stranger.isEmpty()) {
            return new Identity.Rejected(stranger);
        }
        List<String> users = values(request, user);
        List<String> named = values(request, groups);
        if (users.size() != 1 || users.get(0).isEmpty() || named.size() > 1) {
            return new Identity.Rejected("expected one header " + user + " with a name, and at most one " + groups);
        }
        List<String> all = new ArrayList<>();
        named.forEach(header -> Stream.of(header.split(",")).map(String::strip).filter(group -> !group.isEmpty()).forEach(all::add));
        if (Stream.concat(users.stream(), all.stream()).anyMatch(name -> name.startsWith(RESERVED))) {
            return new Identity.Rejected("a name begins with " + RESERVED + ", which only Kubernetes itself may give");
        }
        return new Identity.Known(new Caller(prefix + users.get(0), "", all.stream().map(group -> prefix + group).toList(), Map.of()));
    }

    /** Under which name browsers know this server, if the proxy tells. */
    Optional<String> host(HttpServletRequest request) {
        List<String> hosts = values(request, "X-Forwarded-Host");
        return hosts.size() == 1 && stranger(request).isEmpty() ? Optional.of(hosts.get(0)) : Optional.empty();
    }

    /** Why this is not the proxy; {@code ""} if it is. */
    private String stranger(HttpServletRequest request) {
        try {
            if (!addresses.test(InetAddress.getByName(request.getRemoteAddr()))) {
                return "the address is none of a trusted proxy";
            }
        } catch (UnknownHostException e) {
            return "the address is none";
        }
        if (secrets.isEmpty()) {
            return "";
        }
        List<String> presented = values(request, SECRET);
        boolean known = false;
        for (byte[] secret : secrets.get().now()) {
            known |= presented.size() == 1 && MessageDigest.isEqual(secret, presented.get(0).getBytes(StandardCharsets.UTF_8));
        }
        return known ? "" : "the header " + SECRET + " is missing or wrong";
    }

    /** What a header says, once for each time that it comes. */
    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .map(value -> new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip()).toList();
    }
}
