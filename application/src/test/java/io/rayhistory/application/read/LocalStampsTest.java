package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

class LocalStampsTest {
    private static final String BOTH = "2026-11-22 20:22:12,421\tINFO job_supervisor.py:437 -- Job x entrypoint "
            + "command exited with code 0 job_id=03000000 timestamp_ns=1795378932421356706";

    @Test
    void pythonsStampInFrontOfALineIsRead() {
        assertEquals(Optional.of(LocalDateTime.of(2026, 11, 22, 20, 22, 12, 421_000_000)), LocalStamps.local(BOTH));
    }

    @Test
    void aStampInTheMiddleOfATextLineIsNotItsTime() {
        assertEquals(Optional.empty(), LocalStamps.local("copied: " + BOTH));
    }

    @Test
    void aJsonLineTellsItsTimeInAMember() {
        assertEquals(Optional.of(LocalDateTime.of(2026, 11, 22, 20, 21, 50, 215_000_000)),
                LocalStamps.local("{\"asctime\": \"2026-11-22 20:21:50,215\", \"levelname\": \"INFO\"}"));
    }

    @Test
    void anImpossibleDateIsNoTime() {
        assertEquals(Optional.empty(), LocalStamps.local("2026-13-41 20:21:50,215 x"));
    }

    @Test
    void theExactTimeIsReadFromTextAndJson() {
        assertEquals(1795378932421356706L, LocalStamps.exactNs(BOTH));
        assertEquals(1795378932421356706L, LocalStamps.exactNs("{\"timestamp_ns\": 1795378932421356706}"));
        assertEquals(0, LocalStamps.exactNs("timestamp_ns=9999999999999999999"));
        assertEquals(0, LocalStamps.exactNs("nothing"));
    }

    @Test
    void aLineWithBothTimesProvesItsOffset() {
        assertEquals(Optional.of(ZoneOffset.UTC), LocalStamps.provenOffset(BOTH));
        assertEquals(Optional.of(ZoneOffset.ofHoursMinutes(5, 45)),
                LocalStamps.provenOffset(BOTH.replace("2026-11-22 20:22", "2026-11-23 02:07")));
        assertEquals(Optional.of(ZoneOffset.ofHours(-8)),
                LocalStamps.provenOffset(BOTH.replace("20:22", "12:22")));
    }

    @Test
    void timesThatDoNotBelongTogetherProveNothing() {
        assertEquals(Optional.empty(), LocalStamps.provenOffset(BOTH.replace("20:22", "20:29")));
        assertEquals(Optional.empty(), LocalStamps.provenOffset(BOTH.replace("2026-11-22", "2026-11-29")));
    }

    @Test
    void theOffsetOfAStoredTimezoneGoesBeforeItsExamplePlace() {
        assertEquals(ZoneOffset.UTC, LocalStamps.zone(Map.of("offset", "+00:00", "value", "Europe/London")));
        assertEquals(ZoneOffset.ofHoursMinutes(5, 30), LocalStamps.zone(Map.of("offset", "+05:30")));
        assertEquals(ZoneId.of("Asia/Kolkata"), LocalStamps.zone(Map.of("value", "Asia/Kolkata")));
        assertEquals(ZoneId.of("Asia/Kolkata"), LocalStamps.zone(Map.of("offset", "?", "value", "Asia/Kolkata")));
        assertEquals(ZoneOffset.UTC, LocalStamps.zone(Map.of()));
        assertEquals(ZoneOffset.UTC, LocalStamps.zone(Map.of("value", "Middle/Earth")));
    }
}
