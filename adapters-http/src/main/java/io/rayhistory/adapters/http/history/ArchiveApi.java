package io.rayhistory.adapters.http.history;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.api.DownloadNames;
import io.rayhistory.application.read.SessionArchive;
import io.rayhistory.application.read.SessionEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A whole session to carry away, as {@code rayhistory open} takes it. Streamed: one object at a time, never a file here. */
final class ArchiveApi {
    private final SessionArchive archive;

    ArchiveApi(SessionArchive archive) {
        this.archive = archive;
    }

    void register(Requests requests) {
        requests.entry("/archive", this::send);
    }

    private void send(Context ctx, SessionEntry entry) throws IOException {
        List<SessionArchive.Item> items = archive.items(entry);
        ctx.disableCompression();
        ctx.status(200).contentType("application/gzip").header("Cache-Control", "no-store").header("Content-Disposition",
                DownloadNames.attachment(entry.key().cluster().name() + "-" + entry.key().session() + ".tar.gz"));
        if (ctx.req().getMethod().equals("HEAD")) {
            ctx.res().flushBuffer(); // the length is known only at the end
            return;
        }
        OutputStream body = ctx.outputStream();
        GZIPOutputStream zip = new GZIPOutputStream(body, 64 * 1024);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(zip, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (SessionArchive.Item item : items) {
            add(tar, item);
        }
        tar.finish();
        zip.finish();
        body.flush();
    }

    private void add(TarArchiveOutputStream tar, SessionArchive.Item item) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry(item.name());
        header.setSize(item.object().length());
        header.setModTime(item.object().modified().toEpochMilli());
        tar.putArchiveEntry(header);
        // An object that shrank cannot be told of any more: closing the entry fails, and the connection is cut.
        archive.read(item, (in, object) -> in.transferTo(tar));
        tar.closeArchiveEntry();
    }
}
