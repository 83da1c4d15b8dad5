package io.rayhistory.domain.layout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

final class EndpointKeyTest {

    @ParameterizedTest
    @CsvSource({"/api/v0/cluster_metadata,restful__api__v0__cluster_metadata", "/timezone,restful__timezone",
            "/api/serve/applications/,restful__api__serve__applications",
            "/api/v0/placement_groups?detail=1&limit=10000,restful__api__v0__placement_groups?detail=1&limit=10000",
            "/api/data/datasets/01000000,restful__api__data__datasets__01000000", "//a//b//,restful__a____b",
            "/api/jobs/?x=/y/,restful__api__jobs__?x=__y", "/a%20b,restful__a%20b", "/,restful__", "'',restful__"})
    void theKeyOfARequestIsItsRawTarget(String target, String key) {
        assertEquals(key, EndpointKey.of(target));
    }

    @ParameterizedTest
    @CsvSource({"/p?detail=1&limit=10000,/p?limit=10000&detail=1", "/p?a=1&a=2,/p?a=2&a=1", "/p?x=%2Fy,/p?x=/y", "/p?x=a%20b,/p?x=a+b",
            "/p/?x=1,/p?x=1", "/p?x=,/p?x", "/p?&x=1&,/p?x=1", "/%70,/p", "/p?x=%C3%BC,/p?x=ü", "/p?x=%zz,/p?x=%zz", "/p?,/p", "/p//,/p"})
    void requestsThatMeanTheSameHaveOneMeaning(String one, String other) {
        assertEquals(EndpointKey.canonical(EndpointKey.of(one)), EndpointKey.canonical(EndpointKey.of(other)));
    }

    @ParameterizedTest
    @CsvSource({"/p?a=1,/p?a=2", "/p?a=1&a=1,/p?a=1", "/p?a=1&b=2,/p?a=1%26b=2", "/p?a=b,/p?a%3Db", "/p,/q", "/p,/p?x=1", "/p?x=a%00b,/p?x=a&b",
            "/P,/p", "/a/b,/a"})
    void otherRequestsDoNot(String one, String other) {
        assertNotEquals(EndpointKey.canonical(EndpointKey.of(one)), EndpointKey.canonical(EndpointKey.of(other)));
    }

    @Test
    void ourOwnKeysAreNoRequests() {
        assertEquals("", EndpointKey.canonical("history__session_info"));
    }
}
