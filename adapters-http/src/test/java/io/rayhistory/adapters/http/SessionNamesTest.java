package io.rayhistory.adapters.http;

import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SessionNamesTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"demo,demo,''", "demo@rayjob:train,demo,rayjob/train",
        "demo@RayService:s,demo,rayservice/s", "demo@raycluster,demo,raycluster"})
    void clusterSegmentMayTellTheOwner(String segment, String name, String owner) {
        assertEquals(new SessionNames.Cluster(name, owner), SessionNames.parse(segment));
    }

    @Test
    void unknownOwnerKindIsRefused() {
        assertThrows(HistoryException.class, () -> SessionNames.parse("demo@pod:x"));
    }

    @Test
    void baseTellsTheOwnerOnlyWhereItMust() {
        SessionEntry train = entry(OwnerKind.RAYJOB, "train");
        assertEquals("s/ns/demo/session_1/", SessionNames.base(train, false));
        assertEquals("s/ns/demo@rayjob:train/session_1/", SessionNames.base(train, true));
        assertEquals("s/ns/demo@raycluster/session_1/", SessionNames.base(entry(OwnerKind.RAYCLUSTER, ""), true));
        SessionEntry other = new SessionEntry(new SessionKey(ClusterRef.plain("ns", "b"), "session_1"), Optional.empty(), true);
        DoubleNames names = new DoubleNames(List.of(train, entry(OwnerKind.RAYJOB, "eval"), other));
        assertTrue(names.contain(train));
        assertFalse(names.contain(other));
    }

    @Test
    void foreignNamesAreEncodedAndReadBack() {
        String odd = "a b/c+d%e;f=g\u00e9@h:i";
        assertEquals(odd, SessionNames.decode(SessionNames.encode(odd)));
        assertFalse(SessionNames.encode(odd).contains(" ") || SessionNames.encode(odd).contains(";"));
        assertThrows(HistoryException.class, () -> SessionNames.decode("%zz"));
    }

    @ParameterizedTest
    @CsvSource({"/s/a/b/c/api/v0/tasks,/api/v0/tasks", "/s/a/b/c/,/", "/s/a/b/c,/", "/s/a/b/c/x%2fy,/x%2fy"})
    void targetIsWhatFollowsTheBase(String path, String target) {
        assertEquals(target, SessionRequests.withoutBase(path));
    }

    @Test
    void pagesEscapeWhatTheyShow() {
        assertEquals("&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;", ErrorPage.escape("<a href='x' b=\"y\">&"));
    }

    private static SessionEntry entry(OwnerKind kind, String owner) {
        return new SessionEntry(new SessionKey(new ClusterRef("ns", "demo", kind, owner), "session_1"), Optional.empty(), true);
    }
}
