package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;

class LoadMeterTest {

    @Test
    void bytesAreCountedAsTheyAreReadAndTheEndIsNone() throws IOException {
        LoadMeter meter = new LoadMeter();
        meter.expect(2, 20);
        var stream = meter.counting(new ByteArrayInputStream(new byte[10]));
        stream.read();
        assertEquals(new LoadProgress(0, 2, 1, 20, 0), meter.progress());
        stream.readAllBytes();
        stream.read();
        meter.fileRead();
        meter.event();
        assertEquals(new LoadProgress(1, 2, 10, 20, 1), meter.progress());
    }
}
