package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.RayNode;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.IdKind;
import io.rayhistory.domain.id.SessionName;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link RayNode} on Ray's temp root as this process sees it. */
public final class DirectoryRayNode implements RayNode {
    private static final Pattern PORT_FILE = Pattern.compile(".+_port_([0-9a-f]{" + IdKind.NODE.hexLength() + "})");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,128}");
    /** The second raylet of a session on one machine has its socket beside the first (Ray: python/ray/_private/node.py). */
    private static final Pattern RAYLET_SOCKET = Pattern.compile("raylet(\\.\\d+)?");
    /** Ray: src/ray/raylet/raylet.cc and node_manager.cc; within the first hundred lines. */
    private static final Pattern RAYLET_START = Pattern.compile(
            "(?:Raylet of id, |Initializing NodeManager node_id=|Initializing NodeManager with ID )([0-9a-f]{" + IdKind.NODE.hexLength() + "})");
    private static final int LOG_HEAD = 1 << 16;
    private static final int MOST_HOOK_BYTES = 4096;

    private final Path root;

    /** @param root Ray's temp root; need not exist yet */
    public DirectoryRayNode(Path root) {
        this.root = root;
    }

    @Override
    public Optional<String> latestSession() {
        try {
            Path target = Files.readSymbolicLink(root.resolve("session_latest")).getFileName();
            return Optional.ofNullable(target).map(Path::toString).filter(SessionName::isSafe);
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    @Override
    public List<String> sessions() {
        List<String> names = new ArrayList<>();
        for (Path child : children(root, "session_*")) {
            String name = child.getFileName().toString();
            if (SessionName.isSafe(name) && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                names.add(name);
            }
        }
        names.sort(null);
        return List.copyOf(names);
    }

    @Override
    public boolean answers(String session) {
        return rayletSockets(session).stream().anyMatch(DirectoryRayNode::accepts);
    }

    /** A full backlog leaves the connection pending, which only a listening socket does. */
    private static boolean accepts(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<Instant> rayletSince(String session) {
        return latest(rayletSockets(session), is -> true);
    }

    private List<Path> rayletSockets(String session) {
        List<Path> sockets = children(folder(session).resolve("sockets"), "raylet*");
        sockets.removeIf(socket -> !RAYLET_SOCKET.matcher(socket.getFileName().toString()).matches());
        sockets.sort(null);
        return sockets;
    }

    @Override
    public List<Mark> marks(String session) {
        Map<String, Instant> latest = new HashMap<>();
        for (Path file : children(folder(session), "*_port_*")) {
            Matcher name = PORT_FILE.matcher(file.getFileName().toString());
            if (name.matches()) {
                attributes(file).ifPresent(is -> latest.merge(name.group(1), is.lastModifiedTime().toInstant(),
                        (one, other) -> one.isAfter(other) ? one : other));
            }
        }
        List<Mark> marks = new ArrayList<>();
        latest.forEach((nodeId, written) -> marks.add(new Mark(nodeId, written)));
        marks.sort(Comparator.comparing(Mark::written).reversed().thenComparing(Mark::nodeId));
        return List.copyOf(marks);
    }

    @Override
    public Optional<Mark> hookMark() {
        Path file = root.resolve("raylet_node_id");
        Optional<BasicFileAttributes> is = attributes(file);
        if (is.isEmpty() || !is.get().isRegularFile() || is.get().size() > MOST_HOOK_BYTES) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file).strip();
            return HEX.matcher(text).matches()
                    ? Optional.of(new Mark(text.toLowerCase(Locale.ROOT), is.get().lastModifiedTime().toInstant())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String loggedNodeId(String session) {
        Path log = folder(session).resolve("logs").resolve("raylet.out");
        try (InputStream in = Files.newInputStream(log, LinkOption.NOFOLLOW_LINKS)) {
            Matcher start = RAYLET_START.matcher(new String(in.readNBytes(LOG_HEAD), StandardCharsets.ISO_8859_1));
            return start.find() ? start.group(1) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Optional<Instant> lastWritten(String session) {
        return latest(children(folder(session).resolve("logs"), "*"), BasicFileAttributes::isRegularFile);
    }

    private static Optional<Instant> latest(List<Path> files, Predicate<BasicFileAttributes> counts) {
        return files.stream().map(DirectoryRayNode::attributes).flatMap(Optional::stream).filter(counts)
                .map(is -> is.lastModifiedTime().toInstant()).max(Comparator.naturalOrder());
    }

    private Path folder(String session) {
        if (!SessionName.isSafe(session)) {
            throw HistoryException.invalid("session name '" + session.replaceAll("\\p{Cntrl}", "?") + "' is not allowed");
        }
        return root.resolve(session);
    }

    private static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, glob)) {
            children.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return found;
    }

    private static HistoryException unreadable(Path folder, IOException cause) {
        return HistoryException.unavailable("Ray's folder " + folder + " cannot be read: " + cause.getMessage(), cause);
    }
}
