package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.api.DownloadNames;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Node;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored log files: which there are, and their bytes. */
final class LogsApi {

    void register(Requests requests) {
        requests.fresh("/logs", LogsApi::tree);
        requests.fresh("/logs/{node}/<path>", LogsApi::bytes);
    }

    /** The file that a request names; names that are none simply do not exist. */
    static ObjectInfo file(Context ctx, StoredSession session) {
        String node = ctx.pathParam("node");
        String path = ctx.pathParam("path");
        return session.logs().find(node, path).orElseThrow(() -> HistoryException.missing("no log file '"
                + shown(path) + "' of node '" + shown(node) + "' is stored in this session"));
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "\u2026" : plain;
    }

    private static void tree(Context ctx, StoredSession session) throws IOException {
        SessionLogs logs = session.logs();
        Set<String> nodes = new LinkedHashSet<>();
        session.history().nodes().forEach(node -> nodes.add(node.nodeId()));
        nodes.addAll(logs.nodes());
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("nodes");
            for (String nodeId : nodes) {
                Optional<Node> node = session.history().node(nodeId);
                out.writeStartObject();
                out.writeStringField("nodeId", nodeId);
                out.writeStringField("ip", node.map(Node::ipAddress).orElse(""));
                out.writeBooleanField("head", node.map(Node::head).orElse(false));
                out.writeStringField("state", node.map(Node::state).orElse(""));
                out.writeArrayFieldStart("files");
                for (Map.Entry<String, ObjectInfo> file : logs.files(nodeId).entrySet()) {
                    out.writeStartObject();
                    out.writeStringField("name", file.getKey());
                    out.writeNumberField("bytes", file.getValue().length());
                    out.writeNumberField("modifiedMs", file.getValue().modified().toEpochMilli());
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void bytes(Context ctx, StoredSession session) throws IOException {
        ObjectInfo file = file(ctx, session);
        String tag = "\"" + Integer.toHexString(file.etag().hashCode()) + "-" + Long.toHexString(file.length()) + "\"";
        ctx.header("ETag", tag).header("Accept-Ranges", "bytes").header("Cache-Control", "no-cache");
        String asked = ctx.header("If-None-Match");
        if (asked != null && asked.contains(tag)) {
            ctx.status(304);
            return;
        }
        String given = ctx.header("If-Range");
        ByteRange range = ByteRange.of(given == null || given.equals(tag) ? ctx.header("Range") : null, file.length());
        String name = ctx.pathParam("path");
        if (new Asked(ctx).flag("download")) {
            ctx.header("Content-Disposition", DownloadNames.attachment(name));
        }
        ctx.disableCompression(); // ranges are of the stored bytes
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox");
        if (!range.satisfiable()) {
            ctx.status(416).contentType("text/plain; charset=utf-8").header("Content-Range", "bytes */" + file.length());
            return;
        }
        if (ctx.req().getMethod().equals("HEAD")) {
            describe(ctx, range, file);
            return;
        }
        // Headers only once the bytes are there: a store that fails before is an error answer.
        session.logs().read(file, range.start(), range.end(), (bytes, object) -> {
            describe(ctx, range, file);
            bytes.transferTo(ctx.outputStream());
            return Boolean.TRUE;
        });
    }

    private static void describe(Context ctx, ByteRange range, ObjectInfo file) {
        ctx.status(range.partial() ? 206 : 200).contentType("text/plain; charset=utf-8");
        ctx.res().setContentLengthLong(range.end() - range.start());
        if (range.partial()) {
            ctx.header("Content-Range", "bytes " + range.start() + "-" + (range.end() - 1) + "/" + file.length());
        }
    }
}
