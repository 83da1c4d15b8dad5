package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps TLS up to date with its files: looks at them every {@link #EVERY}, and takes what they say for new connections. A
 * certificate and a key that do not belong together, as while they are being replaced, leave what was known.
 */
final class TlsFiles implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(TlsFiles.class.getName());

    private final TlsSettings files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread looking = new Thread(task, "tls-files");
        looking.setDaemon(true);
        return looking;
    });
    private PemIdentity known;

    /** @throws HistoryException INVALID for files that do not make a server's identity */
    TlsFiles(TlsSettings files, Duration every) {
        this.files = files;
        this.known = PemIdentity.read(files);
        use(factory, known);
        thread.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void use(SslContextFactory.Server factory, PemIdentity identity) {
        factory.setKeyStore(identity.store());
        factory.setKeyStorePassword(new String(PemIdentity.PASSWORD));
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    private void look() {
        try {
            PemIdentity now = PemIdentity.read(files);
            if (!now.equals(known)) {
                known = now;
                now.store();
                factory.reload(reloaded -> use((SslContextFactory.Server) reloaded, now));
                LOG.log(Level.INFO, "read the TLS certificate " + files.certificate() + " again");
            }
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the TLS certificate known before still counts: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
