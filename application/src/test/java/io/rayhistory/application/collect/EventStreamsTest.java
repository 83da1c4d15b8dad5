package io.rayhistory.application.collect;

import io.rayhistory.application.collect.StoredPrefix.Relation;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The streams between a spool file and its object: compressing, and comparing. */
final class EventStreamsTest {

    @Test
    void aCompressedStreamUnpacksToItsSource() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        for (int length : new int[] {0, 1, 1000, 32 << 10, 300_000}) {
            byte[] plain = new byte[length];
            random.nextBytes(plain);
            Arrays.fill(plain, 0, length / 2, (byte) 'x');
            try (InputStream packed = new GzipStream(new ByteArrayInputStream(plain));
                    InputStream unpacked = new GZIPInputStream(packed)) {
                assertArrayEquals(plain, unpacked.readAllBytes(), "length " + length + ", seed " + seed);
            }
        }
    }

    @Test
    void aBrokenSourceBreaksTheCompressedStream() throws IOException {
        try (InputStream packed = new GzipStream(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("a test's");
            }
        })) {
            assertThrows(IOException.class, packed::readAllBytes);
        }
    }

    @Test
    void relationsAreToldApart() throws IOException {
        String k64 = "0123456789abcdef".repeat(4096);
        for (String same : new String[] {"", "same", k64, k64 + "and more"}) {
            for (boolean gzip : new boolean[] {false, true}) {
                assertRelation(Relation.BEGINNING, same.length(), same, same, gzip);
                assertRelation(Relation.BEGINNING, same.length(), same, same + "rest", gzip);
                assertRelation(Relation.BEGINNING, same.length(), same, same + k64, gzip);
                assertRelation(Relation.MORE, same.length(), same + "rest", same, gzip);
                assertRelation(Relation.MORE, same.length(), same + k64, same, gzip);
                assertRelation(Relation.OTHER, 0, same + "x", same + "y", gzip);
                assertRelation(Relation.OTHER, 0, "x" + same, "y" + same, gzip);
            }
        }
    }

    private static void assertRelation(Relation relation, long bytes, String object, String file, boolean gzip) throws IOException {
        int half = object.length() / 2;
        byte[] stored = gzip ? UploadFixture.gzip(object.substring(0, half), object.substring(half))
                : object.getBytes(StandardCharsets.UTF_8);
        StoredPrefix found = StoredPrefix.compare(shy(stored), stored.length, gzip,
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
        assertEquals(new StoredPrefix(relation, bytes), found, object.length() + " and " + file.length() + " bytes, gzip " + gzip);
    }

    @Test
    void aStreamThatEndsBetweenTwoMembersIsNoShorterObject() {
        byte[] first = UploadFixture.gzip("1\n");
        byte[] both = UploadFixture.gzip("1\n", "2\n");
        assertThrows(IOException.class, () -> StoredPrefix.compare(shy(first), both.length, true,
                new ByteArrayInputStream(UploadFixture.utf8("1\n2\n3\n"))));
    }

    /** As a network's stream may: it never tells that there is more, and gives little at a time. */
    private static InputStream shy(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1000));
            }
        };
    }
}
