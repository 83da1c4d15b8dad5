package io.rayhistory.adapters.azureblob;

import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.SyncPoller;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobCopyInfo;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobBeginCopyOptions;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.ObjectName;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A container of Azure Blob Storage as an object store. Streams both ways: an upload holds one block of 4 MiB, a download
 * nothing. Budgets and retries are those of the settings. Folder markers and the folders of accounts with hierarchical
 * namespace are not shown and never written. A container that does not exist is UNAVAILABLE, not empty, unless the
 * settings say to make it. Safe for many threads and processes.
 */
public final class AzureBlobObjectStore implements ObjectStore {
    private static final int LISTINGS_AT_ONCE = 8;
    private static final Duration COPY_POLL = Duration.ofMillis(500);

    private final AzureClient client;
    private final ExecutorService ahead;
    private final BlobListing listing;

    /** @param clock to compare with the service's, and with the times in shared access signatures */
    public AzureBlobObjectStore(AzureBlobSettings settings, InstantSource clock) {
        this(AzureClient.of(settings, java.net.http.HttpClient.newBuilder(), clock));
    }

    AzureBlobObjectStore(AzureClient client) {
        this.client = client;
        // The queue holds at most one page per listing that is being read.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(LISTINGS_AT_ONCE, LISTINGS_AT_ONCE, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "azure-listing");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.ahead = threads;
        this.listing = new BlobListing(client, ahead, name -> find(name).isPresent());
    }

    static HistoryException changed(String name) {
        return HistoryException.unavailable("Azure: '" + name + "' has changed since it was looked up. Try again.", null);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return listing.objects(ObjectName.requirePrefix(prefix));
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return listing.children(ObjectName.requireFolder(prefix));
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        if (!Blobs.canHold(ObjectName.requireReadable(name))) {
            return Optional.empty();
        }
        try {
            BlobProperties found = client.calls().send("look up", name, () -> client.container().getBlobClient(name)
                    .getPropertiesWithResponse(null, client.times().small(), Context.NONE).getValue());
            return Blobs.isFolder(found.getMetadata()) ? Optional.empty()
                    : Optional.of(Blobs.info(name, found.getBlobSize(), found.getETag(), found.getLastModified()));
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
                return Optional.empty();
            }
            throw client.calls().failed("look up", name, e);
        }
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        if (offset < 0 || length < 0) {
            throw HistoryException.invalid("range " + offset + "+" + length + " of '" + name + "' is negative");
        }
        if (!Blobs.canHold(ObjectName.requireReadable(name))) {
            return Optional.empty();
        }
        if (length == 0) {
            return lendNothing(name, etag, reader);
        }
        Optional<BlobRead> read;
        try {
            read = client.calls().send("read", name, () -> BlobRead.open(client, name, offset, length, etag));
        } catch (BlobStorageException e) {
            return switch (e.getStatusCode()) {
                case 404 -> Optional.empty();
                // Azurite also says so of a blob that is not there.
                case 412 -> {
                    if (find(name).isPresent()) {
                        throw changed(name);
                    }
                    yield Optional.empty();
                }
                // Behind the end, or an empty blob.
                case 416 -> lendNothing(name, etag, reader);
                default -> throw client.calls().failed("read", name, e);
            };
        }
        return read.map(found -> {
            try (InputStream stream = new ResumingStream(client, found)) {
                return reader.read(stream, found.object());
            } catch (IOException e) {
                throw HistoryException.unavailable("Azure: '" + name + "' could not be read: " + e.getMessage(), e);
            }
        });
    }

    private <T> Optional<T> lendNothing(String name, String etag, StreamReader<T> reader) {
        Optional<ObjectInfo> found = find(name);
        if (found.isPresent() && !etag.isEmpty() && !found.get().etag().equals(etag)) {
            throw changed(name);
        }
        return found.map(object -> {
            try {
                return reader.read(InputStream.nullInputStream(), object);
            } catch (IOException e) {
                throw HistoryException.unavailable("Azure: '" + name + "' could not be read: " + e.getMessage(), e);
            }
        });
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        ObjectName.requireWritable(name);
        return new BlobWrite(client, "write", name, new BlobRequestConditions()).write(BlobWrite.Kept.NOTHING, content)
                .orElseThrow(() -> changed(name));
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        ObjectName.requireWritable(name);
        return new BlobWrite(client, "write", name, new BlobRequestConditions().setIfNoneMatch("*")).write(BlobWrite.Kept.NOTHING, content);
    }

    /** Blocks before the offset stay where they are; what is left of the block there is sent again. */
    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        ObjectName.requireWritable(name);
        if (offset < 0 || etag.isEmpty() && offset > 0) {
            throw HistoryException.invalid("'" + name + "' cannot be extended at " + offset
                    + (offset < 0 ? "" : ": nothing is expected to be there"));
        }
        if (etag.isEmpty()) {
            return new BlobWrite(client, "extend", name, new BlobRequestConditions().setIfNoneMatch("*")).write(BlobWrite.Kept.NOTHING, content);
        }
        Optional<ObjectInfo> old = find(name);
        if (old.isEmpty() || !old.get().etag().equals(etag)) {
            return Optional.empty();
        }
        if (offset > old.get().length()) {
            throw HistoryException.invalid("'" + name + "' cannot be extended at " + offset + ": it has " + old.get().length() + " bytes");
        }
        BlobWrite write = new BlobWrite(client, "extend", name, new BlobRequestConditions().setIfMatch(Blobs.quoted(etag)));
        try {
            BlobWrite.Kept kept = write.keep(offset);
            if (kept.length() == offset) {
                return write.write(kept, content);
            }
            // The part that stays but is sent again streams from there to here and back.
            Optional<BlobRead> read = client.calls().send("read", name,
                    () -> BlobRead.open(client, name, kept.length(), offset - kept.length(), etag));
            if (read.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream head = new ResumingStream(client, read.get())) {
                return write.write(kept, new SequenceInputStream(head, content));
            }
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404 || e.getStatusCode() == 412) {
                return Optional.empty();
            }
            throw client.calls().failed("extend", name, e);
        } catch (IOException e) {
            throw HistoryException.unavailable("Azure: '" + name + "' could not be read to be extended: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean delete(String name) {
        if (!Blobs.canHold(ObjectName.requireReadable(name))) {
            return false;
        }
        try {
            client.calls().send("delete", name, () -> client.container().getBlobClient(name)
                    .deleteWithResponse(null, null, client.times().small(), Context.NONE));
            return true;
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
                return false;
            }
            throw client.calls().failed("delete", name, e);
        }
    }

    /** Within the service; the bytes do not come here. */
    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        ObjectName.requireReadable(source);
        BlobClient blob = client.container().getBlobClient(ObjectName.requireWritable(target));
        if (!Blobs.canHold(source)) {
            return Optional.empty();
        }
        String url = client.container().getBlobClient(source).getBlobUrl();
        BlobBeginCopyOptions options = new BlobBeginCopyOptions(client.signature().isEmpty() ? url : url + "?" + client.signature())
                .setPollInterval(COPY_POLL);
        try {
            LongRunningOperationStatus status = client.calls().send("copy to", target, () -> {
                SyncPoller<BlobCopyInfo, Void> copying = blob.beginCopy(options);
                return copying.waitForCompletion(client.times().upload()).getStatus();
            });
            if (status != LongRunningOperationStatus.SUCCESSFULLY_COMPLETED) {
                throw HistoryException.unavailable("Azure: '" + source + "' could not be copied to '" + target + "': " + status, null);
            }
            return find(target);
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404 || e.getErrorCode() == BlobErrorCode.CANNOT_VERIFY_COPY_SOURCE) {
                return Optional.empty();
            }
            throw client.calls().failed("copy to", target, e);
        } catch (UncheckedIOException e) {
            throw client.calls().failed("copy to", target, e);
        }
    }

    @Override
    public void check() {
        listing.check();
    }

    @Override
    public String describe() {
        return client.toString();
    }

    @Override
    public void close() {
        client.calls().close();
        client.idle().close();
        ahead.shutdownNow();
    }
}
