package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Journals in memory. */
public final class InMemoryJournals implements JournalFolder {
    private final Map<String, byte[]> files = new TreeMap<>();

    @Override
    public synchronized List<String> nodes(String session) {
        return files.keySet().stream().filter(name -> name.startsWith(session + "/")).map(name -> name.substring(session.length() + 1)).toList();
    }

    @Override
    public synchronized void read(String session, String nodeId, Consumer<InputStream> reader) {
        byte[] file = files.get(session + "/" + nodeId);
        if (file != null) {
            reader.accept(new ByteArrayInputStream(file));
        }
    }

    @Override
    public synchronized long append(String session, String nodeId, byte[] bytes) {
        byte[] before = files.getOrDefault(session + "/" + nodeId, new byte[0]);
        byte[] after = Arrays.copyOf(before, before.length + bytes.length);
        System.arraycopy(bytes, 0, after, before.length, bytes.length);
        files.put(session + "/" + nodeId, after);
        return after.length;
    }

    @Override
    public synchronized long replace(String session, String nodeId, Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.put(session + "/" + nodeId, out.toByteArray());
        return out.size();
    }

    synchronized void cutTo(int percent) {
        files.replaceAll((name, file) -> Arrays.copyOf(file, file.length * percent / 100));
    }

    synchronized void clear() {
        files.clear();
    }
}
