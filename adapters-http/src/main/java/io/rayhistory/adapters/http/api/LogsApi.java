package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * {@code /api/v0/logs}: which files a node has, and what is in them. Dead nodes answer like living ones; files are
 * streamed byte for byte.
 */
final class LogsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/logs", ErrorStyle.STATE, LogsApi::list);
        routes.get("/api/v0/logs/{media_type}", ErrorStyle.TEXT, LogsApi::read);
    }

    private static void list(Context ctx, StoredSession session) throws IOException {
        StateParameters.checkTimeout(ctx::queryParams);
        String nodeId = nodeToList(ctx, session);
        String glob = StateParameters.first(ctx::queryParams, "glob");
        Map<String, List<String>> groups =
                LogCategories.group(session.logs().list(nodeId, glob == null ? "*" : glob));
        JsonAnswers.rest(ctx, 200, "", out -> {
            out.writeObjectFieldStart("result");
            for (Map.Entry<String, List<String>> group : groups.entrySet()) {
                writeNames(out, group.getKey(), group.getValue());
            }
            out.writeEndObject();
            out.writeStringField("node_id", nodeId);
        });
    }

    private static void writeNames(JsonGenerator out, String category, List<String> names) throws IOException {
        out.writeArrayFieldStart(category);
        for (String name : names) {
            out.writeString(name);
        }
        out.writeEndArray();
    }

    private static String nodeToList(Context ctx, StoredSession session) {
        LogNodes nodes = new LogNodes(session);
        String nodeId = StateParameters.text(ctx::queryParams, "node_id");
        String nodeIp = StateParameters.text(ctx::queryParams, "node_ip");
        if (!nodeId.isEmpty()) {
            return nodes.known(nodeId).orElseThrow(() -> HistoryException.missing(
                    "Cannot find matching node_id for a given node id " + nodeId));
        }
        if (nodeIp.isEmpty()) {
            throw HistoryException.invalid(
                    "Both node id and node ip are not provided. Please provide at least one of them.");
        }
        return nodes.byIp(nodeIp);
    }

    private static void read(Context ctx, StoredSession session) throws IOException {
        LogRequest request = LogRequest.parse(ctx.pathParam("media_type"), ctx::queryParams);
        StoredLog log = new LogFinder(session).find(request);
        SessionLogs logs = session.logs();
        long start = request.lines() == LogRequest.ALL_LINES ? log.start()
                : logs.startOfLastLines(log.file(), log.start(), log.end(), request.lines());
        if (ctx.req().getMethod().equals("HEAD")) {
            describe(ctx, request, log);
            if (!request.plain()) { // how many bytes colour codes take is known only after reading them
                ctx.res().setContentLengthLong(Math.max(0, Math.min(log.end(), log.file().length()) - start));
            }
            return;
        }
        // Headers only once the bytes are there: a store that fails before is an error answer.
        logs.read(log.file(), start, log.end(), (bytes, file) -> {
            describe(ctx, request, log);
            send(bytes, ctx.outputStream(), request.plain());
            return Boolean.TRUE;
        });
    }

    private static void describe(Context ctx, LogRequest request, StoredLog log) {
        ctx.status(200).contentType("text/plain")
                .header("Content-Disposition", DownloadNames.attachment(request.downloadName()));
        if (log.interleaved()) {
            ctx.header("X-Ray-Log-Note", "interleaved actor log");
        }
        if (log.truncated()) {
            ctx.header("X-Ray-Log-Truncated", "true");
        }
    }

    private static void send(InputStream bytes, OutputStream target, boolean plain) throws IOException {
        if (plain) {
            ColourFilter filter = new ColourFilter(target);
            bytes.transferTo(filter);
            filter.finish();
        } else {
            bytes.transferTo(target);
        }
    }
}
