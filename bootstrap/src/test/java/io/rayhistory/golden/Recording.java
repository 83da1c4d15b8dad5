package io.rayhistory.golden;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The recordings of real clusters among the test resources. */
public final class Recording {

    private Recording() {
    }

    /** Unpacks an archive of {@code recordings/ray-2.60-demo} ({@code store} or {@code live}); answers its top folder. */
    public static Path unpack(String name, Path into) throws IOException {
        Path target = Files.createDirectories(into.resolve(name + "-unpacked"));
        try (InputStream file = open(name + ".tar.gz");
             TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isFile() && path.startsWith(target)) {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                }
            }
        }
        return target.resolve(name);
    }

    public static InputStream open(String name) throws IOException {
        InputStream file = Recording.class.getResourceAsStream("/recordings/ray-2.60-demo/" + name);
        if (file == null) {
            throw new IOException("no test resource recordings/ray-2.60-demo/" + name);
        }
        return file;
    }
}
