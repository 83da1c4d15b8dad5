package io.rayhistory.application.collect;

import io.rayhistory.application.collect.FaultyStore.Fault;
import io.rayhistory.application.port.ObjectInfo;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import static io.rayhistory.application.collect.UploadFixture.BASE;
import static io.rayhistory.application.collect.UploadFixture.NODE;
import static io.rayhistory.application.collect.UploadFixture.NODE_OBJECT;
import static io.rayhistory.application.collect.UploadFixture.START;
import static io.rayhistory.application.collect.UploadFixture.gzip;
import static io.rayhistory.application.collect.UploadFixture.utf8;
import static io.rayhistory.application.port.EventSpoolContract.post;
import static io.rayhistory.application.port.EventSpoolContract.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of objects that are not as the uploader left them. */
final class ObjectAdoptionTest {
    private static final Duration INTERVAL = UploadSettings.DEFAULTS.interval();

    private final UploadFixture given = new UploadFixture();

    @Test
    void aNewProcessGoesOnWhereTheOldOneWasKilled() {
        for (int form = 0; form < 4; form++) {
            boolean gzip = form % 2 == 1;
            boolean gzipNow = form / 2 == 1;
            UploadFixture killed = new UploadFixture();
            String name = NODE_OBJECT + (gzip ? ".gz" : "");
            killed.plant(name, gzip ? gzip("1\n", "2\n") : utf8("1\n2\n"));
            killed.spool.plant("c_ns", NODE, "n1", START, false, utf8("1\n2\n3\n"));
            killed.uploader(UploadSettings.DEFAULTS.withGzip(gzipNow), Runnable::run).pass();
            assertEquals(List.of(name), killed.names(BASE));
            assertEquals("1\n2\n3\n", killed.text(name));
            assertEquals(1, killed.counts.adopted.get());
            assertEquals(2, killed.counts.plain.get());
            assertEquals(List.of(), killed.spool.files());
        }
    }

    @Test
    void anObjectThatHoldsAllAndMoreIsTheFilesOwn() {
        given.plant(NODE_OBJECT, utf8("1\n2\n"));
        given.spool.plant("c_ns", NODE, "n1", START, false, utf8("1\n"));
        given.uploader().pass();
        assertEquals("1\n2\n", given.text(NODE_OBJECT));
        assertEquals(List.of(), given.spool.files());
    }

    @Test
    void anObjectWithOtherContentIsLeftAloneAndTheNextNameTaken() {
        given.plant(NODE_OBJECT, utf8("of another\n"));
        given.spool.plant("c_ns", NODE, "n1", START, false, utf8("1\n"));
        post(given.spool, NODE, "growing");
        SpoolUploader uploader = given.uploader();
        uploader.pass();
        given.pass(INTERVAL);
        uploader.pass();
        assertEquals("of another\n", given.text(NODE_OBJECT));
        assertEquals(3, given.counts.renamed.get());
        assertEquals(3, given.names(BASE).size());
        post(given.spool, NODE, "more");
        given.pass(INTERVAL);
        uploader.pass();
        List<String> texts = given.names(BASE).stream().map(given::text).toList();
        assertEquals(List.of("of another\n", "1\n", "growing\nmore\n"), texts);
        // A later process looks for its beginning under the next names, too.
        given.spool.plant("c_ns", NODE, "n1", START, false, utf8("growing\nmore\nlast\n"));
        given.uploader().pass();
        assertEquals("growing\nmore\nlast\n", given.text(given.names(BASE).get(2)));
        assertEquals(3, given.names(BASE).size());
    }

    @Test
    void aDamagedCompressedObjectIsLeftAlone() {
        byte[] torn = Arrays.copyOf(gzip("1\n2\n"), 15);
        given.plant(NODE_OBJECT + ".gz", torn);
        given.spool.plant("c_ns", NODE, "n1", START, false, utf8("1\n2\n"));
        given.uploader(UploadSettings.DEFAULTS.withGzip(true), Runnable::run).pass();
        assertEquals(15, given.bytes(NODE_OBJECT + ".gz").length);
        assertEquals("1\n2\n", given.text(given.names(BASE).get(1)));
    }

    @Test
    void aLostAnswerDoublesNothing() {
        SpoolUploader uploader = given.uploader();
        for (String line : List.of("1", "2", "3")) {
            post(given.spool, NODE, line);
            given.store.faults = () -> Fault.ANSWER_LOST;
            uploader.pass();
            given.pass(INTERVAL);
            uploader.pass();
            given.store.faults = () -> Fault.NONE;
            given.pass(INTERVAL);
            uploader.pass();
            given.pass(INTERVAL);
            uploader.pass();
        }
        assertEquals("1\n2\n3\n", given.text(NODE_OBJECT));
        assertEquals(0, given.spool.unsentBytes());
        assertEquals(List.of(NODE_OBJECT), given.names(BASE));
    }

    @Test
    void anObjectThatWasDeletedIsWrittenAgainWhole() {
        SpoolUploader uploader = given.uploader();
        post(given.spool, NODE, "1");
        uploader.pass();
        given.pass(INTERVAL);
        uploader.pass();
        assertTrue(given.store.delete(NODE_OBJECT));
        post(given.spool, NODE, "2");
        given.sendAll(uploader);
        assertEquals("1\n2\n", given.text(NODE_OBJECT));
    }

    @Test
    void anObjectThatSomebodyExtendedIsNotTouchedAgain() {
        SpoolUploader uploader = given.uploader();
        post(given.spool, NODE, "1");
        uploader.pass();
        given.pass(INTERVAL);
        uploader.pass();
        ObjectInfo ours = given.store.find(NODE_OBJECT).orElseThrow();
        given.store.real.extend(NODE_OBJECT, ours.etag(), 2, new ByteArrayInputStream(utf8("foreign\n")));
        post(given.spool, NODE, "2");
        given.sendAll(uploader);
        assertEquals(List.of("1\nforeign\n", "1\n2\n"), given.names(BASE).stream().map(given::text).toList());
    }
}
