package io.rayhistory.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/**
 * What has to be stopped at the end, last opened first, once: when the command ends, or when the process is told to
 * (SIGTERM, Ctrl-C). Thread-safe.
 */
final class Closing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "shutdown");
    private final boolean hooked;

    Closing() {
        this(true);
    }

    /** @param hooked whether the end of the process closes; otherwise only {@link #close} does */
    Closing(boolean hooked) {
        this.hooked = hooked;
        if (hooked) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Waits until this thread is interrupted, or for as long as the process lives. */
    static void untilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Somebody in this process wants the command to end; that is what returning does.
        }
    }

    @Override
    public void close() {
        closeAll();
        if (!hooked) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the process is ending already");
        }
    }

    private synchronized void closeAll() {
        while (!open.isEmpty()) {
            AutoCloseable resource = open.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "could not be closed: " + resource, e);
            }
        }
    }
}
