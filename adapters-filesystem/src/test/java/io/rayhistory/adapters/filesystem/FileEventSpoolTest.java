package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.EventSpoolContract;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

final class FileEventSpoolTest extends EventSpoolContract {
    @TempDir
    Path folder;
    private EventSpool spool;

    @Override
    protected EventSpool spool(SpoolSettings settings) {
        spool = new FileEventSpool(folder.resolve("event-data"), ClusterRef.plain("ns", "c"), settings, this::now);
        return spool;
    }

    @AfterEach
    void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
