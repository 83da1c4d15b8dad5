package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionName;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Journals as files {@code {folder}/{session}/{node}.jsonl}. */
public final class FileJournals implements JournalFolder {
    private static final String ENDING = ".jsonl";

    private final Path folder;

    /** @param folder is made when something is written */
    public FileJournals(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    private Path file(String session, String nodeId) {
        if (!SessionName.isSafe(session) || !SessionName.isSafe(nodeId)) {
            throw HistoryException.invalid("'" + session + "/" + nodeId + "' is no session and node");
        }
        return folder.resolve(session).resolve(nodeId + ENDING);
    }

    @Override
    public List<String> nodes(String session) {
        List<String> nodes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file(session, "any").getParent(), "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                nodes.add(name.substring(0, name.length() - ENDING.length()));
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return nodes;
        } catch (IOException e) {
            throw StoreFolder.broken("journal folder", folder, e);
        }
        return nodes;
    }

    @Override
    public void read(String session, String nodeId, Consumer<InputStream> reader) {
        Path file = file(session, nodeId);
        try (InputStream in = Files.newInputStream(file)) {
            reader.accept(in);
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException e) {
            throw StoreFolder.broken("journal", file, e);
        }
    }

    @Override
    public long append(String session, String nodeId, byte[] bytes) {
        Path file = file(session, nodeId);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Files.size(file);
        } catch (IOException e) {
            throw StoreFolder.broken("journal", file, e);
        }
    }

    @Override
    public long replace(String session, String nodeId, Content content) {
        Path file = file(session, nodeId);
        Path next = file.resolveSibling(nodeId + ".next");
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(next))) {
                content.writeTo(out);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Files.size(file);
        } catch (IOException e) {
            throw StoreFolder.broken("journal", file, e);
        }
    }
}
