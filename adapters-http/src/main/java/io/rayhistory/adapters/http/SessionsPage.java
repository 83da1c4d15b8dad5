package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The front page: which sessions are stored, and the way to each of them. */
final class SessionsPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SessionCatalog catalog;

    SessionsPage(SessionCatalog catalog) {
        this.catalog = catalog;
    }

    void send(Context ctx) throws IOException {
        SessionCatalog.Listing listing;
        try {
            listing = catalog.list();
        } catch (HistoryException e) {
            ErrorPage.send(ctx, ErrorAnswers.status(e.kind()), e.getMessage() + " (looking in " + catalog.describe() + ")");
            return;
        }
        String address = ctx.scheme() + "://" + ctx.host() + "/";
        HtmlPage.send(ctx, 200, "", "Sessions - Ray History", html -> write(html, listing, address));
    }

    private void write(Writer html, SessionCatalog.Listing listing, String address) throws IOException {
        html.write("<h1>Sessions</h1>\n<p class=\"where\">In <code>" + HtmlPage.escape(catalog.describe())
                + "</code></p>\n");
        if (listing.sessions().isEmpty()) {
            html.write("<p class=\"empty\">No session is stored there. Is this the folder or container that the "
                    + "collectors write to, and is the root directory the one they use?</p>\n");
        } else {
            table(html, listing, new DoubleNames(listing.sessions()));
            String base = SessionNames.base(listing.sessions().get(0), false);
            html.write("<h2>With Ray's own tools</h2>\n<p>Every session answers as its dashboard did. For example:</p>\n"
                    + "<pre>ray list tasks --address " + HtmlPage.escape(address + base) + "</pre>\n");
        }
        if (!listing.damaged().isEmpty()) {
            html.write("<h2>Not readable</h2>\n<ul>\n");
            for (SessionCatalog.DamagedEntry damaged : listing.damaged()) {
                html.write("<li><code>" + HtmlPage.escape(damaged.objectName()) + "</code>: "
                        + HtmlPage.escape(damaged.reason()) + "</li>\n");
            }
            html.write("</ul>\n");
        }
    }

    private static String count(int sessions) {
        return sessions == 1 ? "1 session" : sessions + " sessions";
    }

    private static void table(Writer html, SessionCatalog.Listing listing, DoubleNames names) throws IOException {
        html.write("<p><input id=\"filter\" type=\"search\" placeholder=\"cluster, namespace, owner, session\" "
                + "aria-label=\"Search sessions\" hidden> <span id=\"count\" role=\"status\">" + count(listing.sessions().size())
                + "</span></p>\n<table id=\"sessions\">\n<thead><tr><th>Cluster</th><th>Namespace</th>"
                + "<th>Owner</th><th aria-sort=\"descending\">Started (UTC)</th><th>Session</th></tr></thead>\n<tbody>\n");
        for (SessionEntry entry : listing.sessions()) {
            ClusterRef cluster = entry.key().cluster();
            String owner = cluster.ownerKind() == OwnerKind.RAYCLUSTER ? ""
                    : (cluster.ownerKind() == OwnerKind.RAYJOB ? "RayJob " : "RayService ") + cluster.ownerName();
            String start = entry.start().map(TIME::format).orElse("");
            html.write("<tr><td>" + HtmlPage.escape(cluster.name()) + "</td><td>" + HtmlPage.escape(cluster.namespace())
                    + "</td><td>" + HtmlPage.escape(owner) + "</td><td><time datetime=\""
                    + entry.start().map(Instant::toString).orElse("") + "\">" + start + "</time></td><td><a href=\""
                    + HtmlPage.escape(SessionNames.base(entry, names.contain(entry))) + "\">"
                    + HtmlPage.escape(entry.key().session()) + "</a>"
                    + (entry.marked() ? "" : " <span class=\"note\">found by its data only</span>") + "</td></tr>\n");
        }
        html.write("</tbody>\n</table>\n");
    }
}
