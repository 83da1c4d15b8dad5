package io.rayhistory.application.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Passes requests of clients on to the dashboards of live clusters. The adapter chooses and checks the address, adds the
 * cluster's token and keeps the limits of time, size and number; what it is given to send, it sends as it is. Redirects
 * are not followed. Thread-safe.
 */
public interface LiveDashboards extends AutoCloseable {

    /**
     * Sends one request without a body. Blocks until the head of the answer is there.
     *
     * @param call whose target is the raw path and query, starting with a slash
     */
    Reply get(LiveCluster cluster, Call call);

    /**
     * Opens a WebSocket. Blocks until the dashboard has accepted or refused it; no message is taken before
     * {@link Tail#start}.
     */
    Reply follow(LiveCluster cluster, Call call);

    /** What is being passed on, and what became of all so far. */
    Load load();

    @Override
    void close();

    /**
     * Figures since the start.
     *
     * @param running  requests and WebSockets that are being passed on now
     * @param answered those that a dashboard has answered or accepted
     * @param failed   those that none has, by reason
     */
    record Load(int running, long answered, Map<Failure, Long> failed) {
        public Load {
            failed = Map.copyOf(failed);
        }
    }

    /**
     * What to ask.
     *
     * @param method  GET or HEAD
     * @param headers by name; only those that a dashboard may see
     * @param caller  the token of who asks, for clusters that are to get it ({@link HeadAuth.Mode#DELEGATED} and no tokens
     *                of ours); empty unless people agreed to that
     */
    record Call(String method, String target, Map<String, String> headers, Optional<HeadToken> caller) {
        public Call {
            headers = Map.copyOf(headers);
        }

        /** Without a token of who asks. */
        public Call(String method, String target, Map<String, String> headers) {
            this(method, target, headers, Optional.empty());
        }
    }

    /** What came of it. */
    sealed interface Reply {
    }

    /**
     * The dashboard's answer, whatever its status. To be closed; closing before the end cancels the request.
     *
     * @param headers by lower-case name
     * @param body    fails if the dashboard breaks off, says nothing for too long, or says too much
     */
    record Answer(int status, Map<String, List<String>> headers, InputStream body) implements Reply, AutoCloseable {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** The first value of a header, {@code ""} if there is none. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.get(0);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** An open WebSocket that waits for {@link #start}. */
    non-sealed interface Tail extends Reply, AutoCloseable {

        /**
         * Lets messages flow. One at a time: the next is asked for when the consumer of the one before has returned.
         *
         * @param text takes whole text messages
         * @param end  told once how it ended, however that was
         */
        void start(Consumer<String> text, Consumer<End> end);

        /** Ends it; the end is not told any more. */
        @Override
        void close();
    }

    /** @param code of RFC 6455, 1011 if the connection broke */
    record End(int code, String reason) {
    }

    /** No answer of a dashboard. @param message for people, without secrets */
    record Failed(Failure why, String message) implements Reply {
    }

    /** Why there is none. */
    enum Failure {
        /** There is no dashboard to be reached, or none that may be. */
        UNREACHABLE,
        /** It did not begin to answer in time. */
        TIMEOUT,
        /** It accepts none of the cluster's tokens, or there is none. */
        REFUSED,
        /** Too much is being passed on already. */
        BUSY
    }
}
