package io.rayhistory.adapters.http.history;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.rayhistory.application.read.SessionSources;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/** All of {@code /history/v1}. Closing it ends waiting for loads. */
public final class HistoryApi implements AutoCloseable {
    private static final String DOCUMENT = "openapi.json";

    private final SessionSources sources;
    private final Frame frame;
    private final SessionLoads loads;
    private final int concurrent;
    private final byte[] document;

    /** @param concurrent requests answered at the same time; more get 429 */
    public HistoryApi(SessionSources sources, Frame frame, InstantSource clock, int concurrent) {
        this.sources = sources;
        this.frame = frame;
        this.concurrent = concurrent;
        this.loads = new SessionLoads(sources.histories(), clock);
        try (InputStream in = HistoryApi.class.getResourceAsStream(DOCUMENT)) {
            this.document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Announces every path of {@code openapi.json} but {@code /dashboard}, which whoever serves web clients answers. */
    public void register(RoutesConfig routes) {
        Requests requests = new Requests(routes, frame, loads, concurrent);
        LineIndexes indexes = new LineIndexes();
        TasksApi tasks = new TasksApi(sources.failures());
        new SessionsApi(sources, frame).register(requests);
        new SessionApi(sources, frame, loads).register(requests);
        new FailuresApi(sources.failures(), tasks).register(requests);
        tasks.register(requests);
        new EntitiesApi().register(requests);
        new TimelineApi(sources.failures()).register(requests);
        new LogsApi().register(requests);
        new LogLinesApi(indexes).register(requests);
        new LogFindApi().register(requests);
        new ArchiveApi(sources.archive()).register(requests);
        requests.get("/" + DOCUMENT, this::describe);
    }

    private void describe(Context ctx) {
        ctx.contentType("application/json; charset=utf-8").header("Cache-Control", "no-cache").result(document);
    }

    @Override
    public void close() {
        loads.close();
    }
}
