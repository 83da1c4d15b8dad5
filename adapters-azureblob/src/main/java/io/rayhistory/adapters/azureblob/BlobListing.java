package io.rayhistory.adapters.azureblob;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pages of names. Each holds up to 5,000 and has its own time budget; the next one is fetched while one is consumed, so
 * two are in memory. A page that cannot be had ends the listing with UNAVAILABLE, also when it is asked again.
 */
final class BlobListing {
    private static final int PAGE = 5_000;
    private static final int MOST_CHECKED = 1;
    private static final Set<Integer> REFUSED_PATHS = Set.of(400, 404, 409);

    private record Page<T>(List<T> items, String next) {
    }

    private final AzureClient client;
    private final ExecutorService ahead;
    private final Predicate<String> isFile;
    private final int pageSize;

    /**
     * @param ahead  runs the fetching of next pages; its size bounds how many at once
     * @param isFile whether an object has this name
     */
    BlobListing(AzureClient client, ExecutorService ahead, Predicate<String> isFile) {
        this(client, ahead, isFile, PAGE);
    }

    BlobListing(AzureClient client, ExecutorService ahead, Predicate<String> isFile, int pageSize) {
        this.client = client;
        this.ahead = ahead;
        this.isFile = isFile;
        this.pageSize = pageSize;
    }

    Iterator<ObjectInfo> objects(String prefix) {
        return new CodeUnitOrder<>(new Pages<>(token -> objects(prefix, token, pageSize)), ObjectInfo::name);
    }

    Iterator<String> children(String prefix) {
        return new Distinct(new CodeUnitOrder<>(new Pages<>(token -> children(prefix, token)), Function.identity()));
    }

    /** Asks for one object, for the sake of the asking. */
    void check() {
        objects("", null, MOST_CHECKED);
    }

    private Page<ObjectInfo> objects(String prefix, String token, int size) {
        List<ObjectInfo> objects = new ArrayList<>();
        Optional<PagedResponse<BlobItem>> page = page(prefix, size == MOST_CHECKED ? "check" : "list", token, size,
                client.container().listBlobs(options(prefix), null, client.times().page()));
        if (page.isEmpty()) {
            return new Page<>(objects, null);
        }
        for (BlobItem item : page.get().getValue()) {
            if (!item.getName().endsWith("/") && !Blobs.isFolder(item.getMetadata())) {
                objects.add(Blobs.info(item.getName(), item.getProperties().getContentLength(), item.getProperties().getETag(),
                        item.getProperties().getLastModified()));
            }
        }
        objects.sort(Comparator.comparing(ObjectInfo::name, BlobListing::byCodePoint));
        return new Page<>(objects, page.get().getContinuationToken());
    }

    private Page<String> children(String prefix, String token) {
        List<String> names = new ArrayList<>();
        Optional<PagedResponse<BlobItem>> page = page(prefix, "list", token, pageSize,
                client.container().listBlobsByHierarchy("/", options(prefix), client.times().page()));
        if (page.isEmpty()) {
            return new Page<>(names, null);
        }
        for (BlobItem item : page.get().getValue()) {
            boolean folder = Boolean.TRUE.equals(item.isPrefix());
            if (folder || !item.getName().endsWith("/") && !Blobs.isFolder(item.getMetadata())) {
                names.add(item.getName());
            }
        }
        // Blobs come first, then folders.
        names.sort(BlobListing::byCodePoint);
        return new Page<>(names, page.get().getContinuationToken());
    }

    /** Empty if the prefix runs through a file, which accounts with hierarchical namespace refuse: nothing can lie there. */
    private Optional<PagedResponse<BlobItem>> page(String prefix, String operation, String token, int size, PagedIterable<BlobItem> listing) {
        HistoryException refusal;
        try {
            return Optional.of(client.calls().send(operation, prefix, () -> listing.iterableByPage(token, size).iterator().next()));
        } catch (BlobStorageException e) {
            refusal = client.calls().failed(operation, prefix, e);
        } catch (HistoryException e) {
            refusal = e;
        }
        boolean mayBeThat = refusal.getCause() instanceof BlobStorageException said && REFUSED_PATHS.contains(said.getStatusCode())
                && said.getErrorCode() != BlobErrorCode.CONTAINER_NOT_FOUND && said.getErrorCode() != BlobErrorCode.CONTAINER_BEING_DELETED;
        for (int end = prefix.indexOf('/', 1); mayBeThat && end > 0; end = prefix.indexOf('/', end + 1)) {
            if (isFile.test(prefix.substring(0, end))) {
                return Optional.empty();
            }
        }
        throw refusal;
    }

    /** Metadata tells folders of accounts with hierarchical namespace from empty blobs. */
    private static ListBlobsOptions options(String prefix) {
        return new ListBlobsOptions().setPrefix(prefix).setDetails(new BlobListDetails().setRetrieveMetadata(true));
    }

    private static int byCodePoint(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
                return mixed ? (Character.isSurrogate(x) ? 0x10000 : x) - (Character.isSurrogate(y) ? 0x10000 : y) : x - y;
            }
        }
        return a.length() - b.length();
    }

    private final class Pages<T> implements Iterator<T> {
        private final Function<String, Page<T>> fetch;
        private Iterator<T> items = List.<T>of().iterator();
        private Future<Page<T>> next;
        private boolean started;

        Pages(Function<String, Page<T>> fetch) {
            this.fetch = fetch;
        }

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && (!started || next != null)) {
                // Fails again if asked again: the future keeps its failure.
                Page<T> page = started ? await(next) : fetch.apply(null);
                started = true;
                items = page.items().iterator();
                String token = page.next();
                next = token == null || token.isEmpty() ? null : prefetch(token);
            }
            return items.hasNext();
        }

        private Future<Page<T>> prefetch(String token) {
            try {
                return ahead.submit(() -> fetch.apply(token));
            } catch (RejectedExecutionException e) {
                throw HistoryException.unavailable("Azure: the store was closed while it was listed", e);
            }
        }

        private Page<T> await(Future<Page<T>> page) {
            try {
                return page.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw HistoryException.unavailable("Azure: interrupted while listing " + client.container().getBlobContainerName(), e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof HistoryException ours ? new HistoryException(ours.kind(), ours.getMessage(), ours)
                        : new IllegalStateException(e.getCause());
            }
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }

    /** A folder whose names lie on both sides of a page's end may be told twice. */
    private static final class Distinct implements Iterator<String> {
        private final Iterator<String> names;
        private String last = "";
        private String next;

        Distinct(Iterator<String> names) {
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            while (next == null && names.hasNext()) {
                String name = names.next();
                next = name.equals(last) ? null : name;
            }
            return next != null;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = next;
            next = null;
            return last;
        }
    }
}
