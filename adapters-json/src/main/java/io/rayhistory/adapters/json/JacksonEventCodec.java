package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import io.rayhistory.application.port.EventCodec;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * {@link EventCodec} for events as bytes (see {@link RecordTokens}) and log events through jackson-core's streaming parser:
 * no trees, repeated texts shared within a file. Thread-safe. A file
 * being read holds its longest record (see {@link JsonLimits}) and the shared texts: usually below 1 MB, never above 16.
 */
public final class JacksonEventCodec implements EventCodec {
    private final JsonLimits limits;
    private final JsonFactory factory;

    public JacksonEventCodec() {
        this(JsonLimits.DEFAULT);
    }

    public JacksonEventCodec(JsonLimits limits) {
        this.limits = limits;
        this.factory = RecordParser.factory(limits);
    }

    @Override
    public void decode(InputStream file, Sink sink) throws IOException {
        PlainStream plain = new PlainStream(file);
        String cut = decode(RecordReader.sniffed(plain, limits.maxRecordBytes()), sink);
        if (plain.damage() != null) {
            sink.damage(plain.damage(), "gzip stream");
        } else if (cut != null) {
            sink.damage(Damage.TRUNCATED, cut);
        }
    }

    @Override
    public boolean isDivisible(byte[] head) {
        for (byte b : head) {
            if (!RecordReader.isBlank(b)) {
                return b == '{';
            }
        }
        return false;
    }

    @Override
    public void decodeRange(InputStream range, boolean first, long length, Sink sink) throws IOException {
        ByteWindow window = new ByteWindow(range, limits.maxRecordBytes() + 1);
        boolean last = length == Long.MAX_VALUE;
        String cut = decode(first ? new LineRecords(window, length)
                : new LineRecords(window, last ? length : length + 1).behindFirstLine(), sink);
        if (cut != null) {
            sink.damage(Damage.TRUNCATED, cut);
        }
    }

    /** The place where the last record was cut, {@code null} if it was not. */
    private String decode(RecordReader records, Sink sink) throws IOException {
        EventDecoder decoder = new EventDecoder(factory, limits, sink);
        String cut = null;
        for (RecordReader.Found found = records.next(); found != RecordReader.Found.END; found = records.next()) {
            if (found == RecordReader.Found.CUT) {
                cut = place(records);
            } else if (found == RecordReader.Found.OVERSIZE) {
                sink.damage(Damage.OVERSIZE, place(records));
            } else {
                Damage damage = decoder.decode(records.bytes(), records.start, records.end);
                if (damage == Damage.MALFORMED && found == RecordReader.Found.REMAINDER) {
                    cut = place(records);
                } else if (damage != null) {
                    sink.damage(damage, place(records));
                }
            }
        }
        return cut;
    }

    @Override
    public void decodeLogEvents(InputStream file, Consumer<LogEvent> sink, Consumer<Damage> damage)
            throws IOException {
        PlainStream plain = new PlainStream(file);
        new LogEvents(factory, sink, damage).decode(plain);
        if (plain.damage() != null) {
            damage.accept(plain.damage());
        }
    }

    private static String place(RecordReader records) {
        return "record " + records.number;
    }
}
