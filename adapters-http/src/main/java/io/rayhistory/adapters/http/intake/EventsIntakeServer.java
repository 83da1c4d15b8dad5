package io.rayhistory.adapters.http.intake;

import io.rayhistory.application.collect.EventIntake;

/** The port that Ray posts its events to. Thread-safe. */
public final class EventsIntakeServer implements AutoCloseable {
    /** The intake's own limit for posts at once is what counts; behind it they only wait to be refused. */
    private static final int REQUESTS = 80;

    private final SmallServer server;

    private EventsIntakeServer(SmallServer server) {
        this.server = server;
    }

    /**
     * Starts listening; returns when posts are accepted.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the address is taken or not ours
     */
    public static EventsIntakeServer start(IntakeSettings settings, EventIntake intake) {
        PostHandler handler = new PostHandler(intake, new SharedToken(settings.token()));
        return new EventsIntakeServer(SmallServer.start("events", settings.host(), settings.port(), REQUESTS, handler));
    }

    /** The port listened on. */
    public int port() {
        return server.port();
    }

    /** Stops listening, and lets posts that are being read end within two seconds. */
    @Override
    public void close() {
        server.close();
    }
}
