package io.rayhistory.application.port;

import java.time.Instant;

/** Which session a live head runs. No field of Kubernetes tells; the head's dashboard does. */
public sealed interface RunningSession {

    /** The head answered. @param session {@code ""} if it is too old a Ray to tell @param rayVersion may be empty */
    record Known(String session, String rayVersion, Instant askedAt) implements RunningSession {
    }

    /** Nobody asked yet, or the answer is still to come. */
    record NotAsked() implements RunningSession {
    }

    /** The head did not answer as a Ray dashboard does. @param reason for people, without secrets */
    record Unreachable(String reason, Instant at) implements RunningSession {
    }
}
