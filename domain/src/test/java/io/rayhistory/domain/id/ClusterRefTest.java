package io.rayhistory.domain.id;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class ClusterRefTest {

    @ParameterizedTest
    @CsvSource({"RayJob,j,RAYJOB,j", "' rayservice ',s,RAYSERVICE,s", "rayjob,'',RAYCLUSTER,''", "raycluster,x,RAYCLUSTER,''",
            "Deployment,x,RAYCLUSTER,''", "'',x,RAYCLUSTER,''"})
    void anOwnerNeedsAKnownKindAndAName(String kind, String owner, OwnerKind expectedKind, String expectedOwner) {
        assertEquals(new ClusterRef("ns", "c", expectedKind, expectedOwner), ClusterRef.of("ns", "c", kind, owner));
    }

    @Test
    void halfAnOwnerIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new ClusterRef("ns", "c", OwnerKind.RAYJOB, ""));
        assertThrows(IllegalArgumentException.class, () -> new ClusterRef("ns", "c", OwnerKind.RAYCLUSTER, "x"));
    }

    @Test
    void kindsAreStoredInLowerCase() {
        assertEquals("rayservice", OwnerKind.RAYSERVICE.folder());
    }
}
