package io.rayhistory.adapters.azureblob;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What accounts with other features do that the emulator does not (spec: azure-blob.md, section 4). */
final class AccountKindsTest {
    private FaultyProxy proxy;
    private ObjectStore store;

    @BeforeEach
    void open() {
        proxy = new FaultyProxy(Azurite.shared().port());
        store = new AzureBlobObjectStore(Stores.settings(Azurite.connection(proxy.port()), Azurite.freshContainer(), Stores.SHORT, true),
                Clock.systemUTC());
        store.put("logs/raylet.out", new ByteArrayInputStream(new byte[3]));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource({"400,InvalidResourceName", "404,PathNotFound", "409,ResourceTypeMismatch"})
    void aPrefixThroughAFileIsEmptyWithHierarchicalNamespace(int status, String code) {
        proxy.when(request -> request.contains("comp=list") ? FaultyProxy.answer(status, code) : FaultyProxy.PASS);
        assertFalse(store.list("logs/raylet.out/").hasNext());
        assertFalse(store.list("logs/raylet.out/a/b").hasNext());
        assertFalse(store.listFolder("logs/raylet.out/x/").hasNext());
        for (String prefix : List.of("", "logs/", "logs/raylet.err/", "logs/raylet.out")) {
            String message = assertThrows(HistoryException.class, () -> store.list(prefix).hasNext(), prefix).getMessage();
            assertTrue(message.contains(status + " " + code), message);
        }
    }

    @Test
    void aMissingContainerIsNoPrefixThroughAFile() {
        proxy.when(request -> request.contains("comp=list") ? FaultyProxy.answer(409, "ContainerBeingDeleted") : FaultyProxy.PASS);
        assertThrows(HistoryException.class, () -> store.list("logs/raylet.out/").hasNext());
    }

    @Test
    void anAccountThatKeepsVersionsIsToldOnce() {
        List<String> said = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(AzureCalls.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                said.add(record.getMessage());
            }

            @Override
            public void flush() {
                // Nothing waits.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
        logger.addHandler(handler);
        try {
            store.put("a", new ByteArrayInputStream(new byte[1]));
            assertEquals(List.of(), said);
            proxy.when(request -> FaultyProxy.answer(201, "", "ETag: \"0x1\"", "Last-Modified: Sun, 22 Nov 2026 12:00:00 GMT",
                    "x-ms-version-id: 2026-11-22T12:00:00.0000000Z"));
            store.put("a", new ByteArrayInputStream(new byte[1]));
            store.put("b", new ByteArrayInputStream(new byte[1]));
            assertEquals(1, said.size(), said.toString());
            assertTrue(said.get(0).contains("keeps old versions of blobs"), said.get(0));
        } finally {
            logger.removeHandler(handler);
        }
    }
}
