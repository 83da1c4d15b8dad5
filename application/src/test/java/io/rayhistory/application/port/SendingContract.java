package io.rayhistory.application.port;

import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The part of {@link EventSpoolContract} about what is lent, confirmed, refused and dropped. */
public abstract class SendingContract extends EventSpoolFixture {
    @Test
    void rangesOfCommittedBytesAreLent() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        SpoolFile file = only(spool);
        assertEquals("12", spool.read(file, 1, 3, StoreFixture::utf8).orElseThrow());
        assertEquals("", spool.read(file, 5, 5, StoreFixture::utf8).orElseThrow());
        fails(Kind.INVALID, () -> spool.read(file, 0, 6, StoreFixture::utf8));
        fails(Kind.INVALID, () -> spool.read(file, 3, 2, StoreFixture::utf8));
        fails(Kind.UNAVAILABLE, () -> spool.read(file, 0, 1, range -> {
            throw new java.io.IOException("the reader's own");
        }));
    }

    @Test
    void confirmedBytesAreUnsentNoMore() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        SpoolFile early = only(spool);
        spool.confirm(early, 5);
        assertEquals(0, spool.unsentBytes());
        assertEquals(Optional.empty(), spool.oldestUnsent());
        assertEquals(1, spool.files().size());
        pass(HOUR);
        post(spool, NODE, "56");
        assertEquals(3, spool.unsentBytes());
        assertEquals(Optional.of(now()), spool.oldestUnsent());
        spool.confirm(early, 2);
        assertEquals(3, spool.unsentBytes());
    }

    @Test
    void onlyASealedFileThatIsConfirmedToItsEndGoes() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        SpoolFile file = only(spool);
        spool.confirm(file, 4);
        spool.seal("");
        assertEquals(1, spool.unsentBytes());
        assertEquals("0123\n", text(spool, only(spool)));
        spool.confirm(file, 5);
        assertEquals(List.of(), spool.files());
        assertEquals(Optional.empty(), spool.read(file, 0, 5, StoreFixture::utf8));
        spool.confirm(file, 5);
        assertEquals(0, spool.unsentBytes());
    }

    @Test
    void aFileThatIsConfirmedGoesWhenItIsSealed() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        spool.confirm(only(spool), 5);
        spool.seal("");
        assertEquals(List.of(), spool.files());
    }

    @Test
    void aFullSpoolRefuses() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withLimit(10, Overflow.REJECT));
        post(spool, NODE, "012345");
        assertFalse(spool.usage().underPressure());
        fails(Kind.UNAVAILABLE, () -> post(spool, NODE, "012345"));
        post(spool, NODE, "89");
        assertTrue(spool.usage().underPressure());
        fails(Kind.UNAVAILABLE, spool::begin);
        assertEquals("012345\n89\n", text(spool, only(spool)));
        spool.confirm(only(spool), 10);
        post(spool, NODE, "a batch beyond the limit, alone");
        assertEquals(0, spool.usage().droppedBytes());
    }

    @Test
    void aFullSpoolDropsTheOldestIfToldTo() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withLimit(12, Overflow.DROP_OLDEST));
        post(spool, NODE, "first");
        spool.seal("");
        post(spool, NODE, "2nd");
        post(spool, JOB, "3");
        SpoolFile first = spool.files().get(0);
        post(spool, JOB, "4");
        assertEquals(Optional.empty(), spool.read(first, 0, 1, StoreFixture::utf8));
        assertEquals(6, spool.usage().droppedBytes());
        assertEquals(List.of("2nd\n", "3\n4\n"), spool.files().stream().map(file -> text(spool, file)).toList());
        post(spool, NODE, "12 characters");
        assertEquals(List.of("12 characters\n"), spool.files().stream().map(file -> text(spool, file)).toList());
    }

    @Test
    void rejectedEventsAreCounted() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        byte[] event = "xx{\"no\":\"session\"}".getBytes(StandardCharsets.UTF_8);
        spool.reject("no session", event, 2, event.length - 2);
        assertEquals(1, spool.usage().rejected());
        assertEquals(0, spool.usage().rejectedLost());
        assertEquals(0, spool.unsentBytes());
    }

    @Test
    void aStoppedSpoolTakesNothingNew() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch begun = spool.begin()) {
            append(begun, NODE, "begun before");
            spool.stop();
            fails(Kind.UNAVAILABLE, spool::begin);
            begun.commit();
        }
        assertEquals("begun before\n", text(spool, only(spool)));
    }
}
