package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.RuntimeEnvJson;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.StoredSession;

import java.io.IOException;
import java.util.List;

/** Answers that the collector copied while the cluster lived, sent as they are. */
final class StoredAnswers {

    private StoredAnswers() {
    }

    /**
     * Sends the first body that is stored under one of the targets.
     *
     * @return false if there is none; nothing was sent then
     */
    static boolean send(Context ctx, StoredSession session, List<String> targets) throws IOException {
        for (String target : targets) {
            if (session.endpoints().has(target)) {
                JsonAnswers.send(ctx, 200, out -> session.endpoints().read(target, (in, object) -> {
                    RuntimeEnvJson.copyAll(in, out, RuntimeEnvRedaction.applies(ctx));
                    return true;
                }));
                return true;
            }
        }
        return false;
    }

    /** The spellings under which a collector may have stored a path. */
    static List<String> spellings(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(bare + "/", bare);
    }
}
