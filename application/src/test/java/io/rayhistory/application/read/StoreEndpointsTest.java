package io.rayhistory.application.read;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.StoreFixture;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.EndpointKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class StoreEndpointsTest implements StoreFixture {
    private static final SessionKey SESSION = new SessionKey(ClusterRef.plain("ns", "c"), "s");
    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Override
    public ObjectStore store() {
        return store;
    }

    private void stored(String target) {
        put(StorageLayout.clusterHistory("ray/").endpoint(SESSION, EndpointKey.of(target)), target);
    }

    private Optional<String> answer(String target) {
        SessionContents contents = new SessionLocator(store, "ray").locate(new SessionEntry(SESSION, Optional.empty(), true));
        return new StoreEndpoints(store, contents).read(target, (stream, object) -> StoreFixture.utf8(stream));
    }

    @Test
    void theExactKeyComesFirst() {
        stored("/api/v0/placement_groups?detail=1&limit=10000");
        stored("/api/v0/placement_groups?limit=10000&detail=1");
        assertEquals(Optional.of("/api/v0/placement_groups?detail=1&limit=10000"), answer("/api/v0/placement_groups?detail=1&limit=10000"));
        assertEquals(Optional.of("/api/v0/placement_groups?limit=10000&detail=1"), answer("/api/v0/placement_groups?limit=10000&detail=1"));
    }

    @Test
    void aQueryInAnotherOrderIsTheSame() {
        stored("/p?b=2&a=%2Fx&a=1");
        assertTrue(answer("/p?a=1&b=2&a=/x").isPresent());
        assertTrue(answer("/p/?a=%2fx&a=1&b=2").isPresent());
        assertFalse(answer("/p?a=1&b=2").isPresent());
        assertFalse(answer("/p").isPresent());
        assertFalse(answer("/q?b=2&a=%2Fx&a=1").isPresent());
    }

    @Test
    void aTrailingSlashDoesNotCount() {
        stored("/api/serve/applications/");
        assertTrue(answer("/api/serve/applications").isPresent());
        assertTrue(answer("/api/serve/applications/").isPresent());
        assertTrue(answer("/api/serve/applications?").isPresent());
    }

    @Test
    void aRequestTooLongForANameIsFoundByItsHash() {
        String target = "/api/v0/x?filter=" + "y".repeat(2_000);
        stored(target);
        assertEquals(Optional.of(target), answer(target));
        assertEquals(Optional.empty(), answer(target + "z"));
        assertEquals(Optional.empty(), answer("/" + "x".repeat(100_000)));
    }

    @Test
    void namesThatHadToBeEscapedAreFoundUnescaped() {
        stored("/a\\b");
        assertTrue(answer("/a\\b").isPresent());
        stored("/ends.");
        assertTrue(answer("/ends.").isPresent());
    }

    @Test
    void whatWasNotStoredIsEmpty() {
        put("ray/cluster-history/raycluster/ns/c/s/fetched_endpoints/history__session_info", "{}");
        assertFalse(answer("/timezone").isPresent());
        assertFalse(answer("").isPresent());
        assertFalse(answer("/").isPresent());
        assertFalse(answer("history__session_info").isPresent());
        assertFalse(answer("/a\0b").isPresent());
        assertFalse(answer("/../x").isPresent());
    }

    @Test
    void theNewestAnswerIsRead() {
        stored("/timezone");
        SessionContents contents = new SessionLocator(store, "ray").locate(new SessionEntry(SESSION, Optional.empty(), true));
        StoreEndpoints endpoints = new StoreEndpoints(store, contents);
        assertTrue(endpoints.has("/timezone"));
        put(StorageLayout.clusterHistory("ray/").endpoint(SESSION, "restful__timezone"), "newer");
        assertEquals(Optional.of("newer"), endpoints.read("/timezone", (stream, object) -> StoreFixture.utf8(stream)));
    }
}
