package io.rayhistory.adapters.azureblob;

import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.rayhistory.domain.HistoryException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The one way from here to the client: bounds how many requests run, keeps the circuit, makes a missing container if it
 * may, and turns what goes wrong into our words. Thread-safe.
 */
final class AzureCalls {
    private static final System.Logger LOG = System.getLogger(AzureCalls.class.getName());
    /** Not failures but answers, which the caller turns into a result or hands to {@link #failed}. */
    private static final Set<Integer> ANSWERS = Set.of(404, 409, 412, 416);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final AzureErrors errors;
    private final Pace pace;
    private final Circuit circuit;
    private final TimeBudgets times;
    private final Runnable createContainer;
    private final Runnable prove;
    private final FreshGrants grants;
    private final boolean mayCreate;
    private final AtomicBoolean versioned = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param createContainer makes the container
     * @param prove           gets the first token, if there are tokens
     * @param grants          has no patience if there are none
     */
    AzureCalls(AzureErrors errors, Pace pace, TimeBudgets times, boolean mayCreate, Runnable createContainer, Runnable prove, FreshGrants grants) {
        this.errors = errors;
        this.pace = pace;
        this.times = times;
        this.mayCreate = mayCreate;
        this.createContainer = createContainer;
        this.prove = prove;
        this.grants = grants;
        this.circuit = new Circuit(Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    /** The response may take this long per try; the client reads it from the context. */
    static Context patience(Duration response) {
        return new Context("azure-response-timeout", response);
    }

    /**
     * @param operation what is tried, as a verb phrase that the name completes: {@code read}, {@code list}
     * @param name      the object or prefix, {@code ""} for the container
     * @throws BlobStorageException for 404, 409, 412 and 416, other than those of the container
     * @throws HistoryException     UNAVAILABLE
     */
    <T> T send(String operation, String name, Supplier<T> request) {
        boolean created = false;
        long since = System.nanoTime();
        while (true) {
            try {
                return once(operation, name, request);
            } catch (BlobStorageException e) {
                boolean missing = e.getErrorCode() == BlobErrorCode.CONTAINER_NOT_FOUND;
                boolean going = e.getErrorCode() == BlobErrorCode.CONTAINER_BEING_DELETED;
                boolean late = System.nanoTime() - since >= times.deletion().toNanos();
                if (missing && mayCreate && !created && !late) {
                    created = create(operation, name);
                } else if (going && !late) {
                    pause(operation, name);
                } else {
                    throw missing || going ? errors.of(operation, name, e) : e;
                }
            }
        }
    }

    /** One at a time; the others then find that it exists. Answers false if it cannot be made yet. */
    private synchronized boolean create(String operation, String name) {
        try {
            createContainer.run();
        } catch (BlobStorageException e) {
            if (e.getErrorCode() == BlobErrorCode.CONTAINER_BEING_DELETED) {
                pause(operation, name);
                return false;
            }
            if (e.getErrorCode() != BlobErrorCode.CONTAINER_ALREADY_EXISTS) {
                throw errors.of(AzureErrors.CREATE, "", e);
            }
        } catch (RuntimeException e) {
            throw errors.of(operation, name, e);
        }
        return true;
    }

    private void pause(String operation, String name) {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.of(operation, name, e);
        }
    }

    private <T> T once(String operation, String name, Supplier<T> request) {
        if (closed) {
            throw HistoryException.unavailable("Azure: the store is closed", null);
        }
        grants.requireNotWaiting();
        circuit.requireClosed();
        try {
            if (!pace.enter(times.upload())) {
                throw errors.throttled(operation, name, "too many requests wait for their turn", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.of(operation, name, e);
        }
        try {
            prove.run();
            T answer = request.get();
            circuit.answered();
            grants.worked();
            return answer;
        } catch (RuntimeException e) {
            if (e instanceof BlobStorageException refused && ANSWERS.contains(refused.getStatusCode())) {
                circuit.answered();
                grants.worked();
                throw e;
            }
            throw failed(operation, name, e);
        } finally {
            pace.leave();
        }
    }

    /** Ours for theirs, remembered by the circuit. */
    HistoryException failed(String operation, String name, RuntimeException failure) {
        String busy = pace.refusal();
        HistoryException ours = !busy.isEmpty() && AzureErrors.isTimeout(failure)
                ? errors.throttled(operation, name, busy, failure) : errors.of(operation, name, failure);
        if (AzureErrors.isOutage(failure)) {
            circuit.failed(ours);
        } else {
            circuit.answered();
        }
        return AzureErrors.isFreshGrant(failure) ? grants.refused(ours) : ours;
    }

    /** Says once that growing objects leave versions behind. @param version of what was written, null if the account keeps none */
    void wrote(String version) {
        if (version != null && !version.isEmpty() && versioned.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "Azure: this account keeps old versions of blobs. Objects that grow leave one for "
                    + "every upload, and all are paid for: add a lifecycle rule that deletes old versions, or turn versioning off.");
        }
    }

    void close() {
        closed = true;
        grants.close();
    }
}
