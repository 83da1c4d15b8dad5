package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.id.ClusterRef;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Map;

/** What a session's address shows when Ray's web client is not at hand: the facts, and links to the answers. */
final class SessionPage {
    private static final String[][] ANSWERS = {
        {"api/jobs/", "Jobs"}, {"api/v0/tasks?detail=1&limit=1000", "Tasks"},
        {"api/v0/tasks/summarize", "Tasks by function"},
        {"api/v0/tasks?detail=1&limit=1000&filter_keys=state&filter_predicates=%3D&filter_values=FAILED", "Failed tasks"},
        {"api/v0/actors?detail=1&limit=1000", "Actors"}, {"api/v0/nodes?detail=1", "Nodes"},
        {"api/v0/workers?detail=1&limit=1000", "Workers"}, {"api/v0/placement_groups?detail=1", "Placement groups"},
        {"api/v0/cluster_events?detail=1", "Cluster events"}, {"api/cluster_status?format=1", "Cluster status"},
        {"api/v0/tasks/timeline?download=1", "Timeline (for Perfetto or chrome://tracing)"}};

    private SessionPage() {
    }

    static void send(Context ctx, StoredSession session) throws IOException {
        ClusterRef cluster = session.entry().key().cluster();
        String address = ctx.scheme() + "://" + ctx.host() + ctx.path();
        HtmlPage.send(ctx, 200, ErrorPage.rootOf(ctx.path()), cluster.name() + " - Ray History", html -> {
            html.write("<h1>" + HtmlPage.escape(cluster.name()) + "</h1>\n<p class=\"where\">"
                    + HtmlPage.escape(cluster.namespace() + " / " + session.entry().key().session()) + "</p>\n");
            facts(html, session);
            html.write("<h2>Answers</h2>\n<ul>\n");
            for (String[] answer : ANSWERS) {
                html.write("<li><a href=\"" + HtmlPage.escape(answer[0]) + "\">" + answer[1] + "</a></li>\n");
            }
            html.write("</ul>\n<h2>With Ray's own tools</h2>\n<pre>ray list tasks --address "
                    + HtmlPage.escape(address) + "</pre>\n<h2>With Ray's dashboard</h2>\n"
                    + "<p>Ray's web client comes with Ray. Start this server with the folder of the one you have, and "
                    + "it opens here:</p>\n<pre>--dashboard-dir \"$(python -c \"import ray, os; print(os.path.join("
                    + "os.path.dirname(ray.__file__), 'dashboard/client/build'))\")\"</pre>\n");
        });
    }

    private static void facts(Writer html, StoredSession session) throws IOException {
        SessionHistory history = session.history();
        html.write("<dl>\n");
        fact(html, "Ray", session.rayVersion().isEmpty() ? "unknown" : session.rayVersion());
        fact(html, "Started (UTC)", session.entry().start().map(Instant::toString).orElse("unknown"));
        if (history.recordEndNs() > 0) {
            fact(html, "Record ends (UTC)", Instant.ofEpochMilli(history.recordEndNs() / 1_000_000).toString());
        }
        fact(html, "Task attempts", Integer.toString(history.taskCount()));
        fact(html, "Actors", Integer.toString(history.actors().size()));
        fact(html, "Nodes", Integer.toString(history.nodes().size()));
        fact(html, "Jobs", Integer.toString(history.jobs().size()));
        fact(html, "Events read", session.report().events() + " in " + session.report().files() + " files");
        for (Map.Entry<String, Long> lost : session.report().damage().entrySet()) {
            if (lost.getValue() > 0) {
                fact(html, "Lost: " + lost.getKey().replace('_', ' '), lost.getValue().toString());
            }
        }
        html.write("</dl>\n");
    }

    private static void fact(Writer html, String name, String value) throws IOException {
        html.write("<dt>" + HtmlPage.escape(name) + "</dt><dd>" + HtmlPage.escape(value) + "</dd>\n");
    }
}
