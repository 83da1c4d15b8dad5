package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectStore;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Symbolic links: never a way out of the root, never a circle. */
final class FolderLinksTest extends FolderFixture {
    @Test
    void aRootThatIsALinkIsItsTarget() throws IOException {
        file("a/b", "x");
        Files.createSymbolicLink(temp.resolve("link"), root);
        ObjectStore linked = new DirectoryObjectStore(temp.resolve("link"));
        assertEquals("a/b", linked.list("").next().name());
        assertEquals(1, linked.find("a/b").orElseThrow().length());
    }

    @Test
    void linksOutOfTheRootAreInvisibleAndSoIsWhatLiesBehind() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside/below")).getParent();
        Files.writeString(outside.resolve("secret"), "secret");
        Files.writeString(outside.resolve("below/secret"), "secret");
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("nothing"));
        Files.createDirectory(temp.resolve("root-with-longer-name"));
        Files.createSymbolicLink(root.resolve("sibling"), temp.resolve("root-with-longer-name"));
        assertEquals(List.of(), names(""));
        assertEquals(List.of(), folder(""));
        for (String name : List.of("folder", "folder/secret", "folder/below/secret", "relative/secret", "file", "dangling")) {
            assertEquals(Optional.empty(), store().find(name), name);
            assertEquals(Optional.empty(), store().read(name, 0, 9, "", (stream, object) -> "read"), name);
            assertEquals(List.of(), names(name), name);
            assertFalse(store().delete(name), name);
        }
    }

    @Test
    void writingNeverFollowsALinkOutOfTheRoot() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("kept"));
        put("folder/kept", "mine");
        put("folder/new", "mine");
        put("file", "mine");
        assertEquals(List.of("file", "folder/kept", "folder/new"), names(""));
        assertEquals("mine", text("folder/kept"));
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(List.of(outside.resolve("kept")), files.toList());
        }
        assertEquals("kept", Files.readString(outside.resolve("kept")));
    }

    @Test
    void linksWithinTheRootAreFollowedButNotInCircles() throws IOException {
        file("real/x", "x");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("real/up"), root);
        Files.createSymbolicLink(root.resolve("real/self"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("one"), root.resolve("two"));
        Files.createSymbolicLink(root.resolve("two"), root.resolve("one"));
        assertEquals(List.of("link/x", "real/x"), names(""));
        assertEquals("x", text("link/x"));
        assertEquals(Optional.empty(), store().find("real/self/x"));
    }
}
