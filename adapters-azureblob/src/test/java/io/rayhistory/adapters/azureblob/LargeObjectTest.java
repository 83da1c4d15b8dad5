package io.rayhistory.adapters.azureblob;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Nothing is held in memory. With {@code -Drayhistory.largeObject=2048} the object has 2 GiB. */
final class LargeObjectTest {

    @Test
    void anObjectLargerThanTheHeapGoesUpAndDown() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), LargeObject.class.getName(), Azurite.shared().connection(), Azurite.freshContainer(),
                System.getProperty("rayhistory.largeObject", "160")).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes());
        program.waitFor(1, TimeUnit.MINUTES);
        System.out.print(said);
        assertEquals(0, program.exitValue(), said);
    }
}
