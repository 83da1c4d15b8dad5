package io.rayhistory.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class ReadHistoryExampleTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void theExampleTellsAboutTheSample() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        ReadHistoryExample.tell(ROOT.resolve("samples/hello-session"),
                new PrintStream(told, true, StandardCharsets.UTF_8));
        String text = told.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("session_2026-11-22_20-21-16_964865_19675\n"), text);
        assertTrue(text.contains("NODE_DIED"), text);
        assertTrue(text.contains("ray_version=2.60.0"), text);
    }

    @Test
    void theReadmeShowsTheExampleThatIsTested() throws IOException {
        Path readme = ROOT.resolve("README.md");
        String source = Files.readString(
                ROOT.resolve("bootstrap/src/test/java/io/rayhistory/example/ReadHistoryExample.java"));
        String example = source.substring(source.indexOf("        try (ObjectStore"), source.lastIndexOf("    }\n}"))
                .stripTrailing().stripIndent();
        assertTrue(Files.readString(readme).contains(example), "README.md should contain:\n" + example);
    }
}
