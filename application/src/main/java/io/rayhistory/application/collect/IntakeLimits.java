package io.rayhistory.application.collect;

/**
 * What posts may use up.
 *
 * @param concurrentPosts posts being read at the same time; more are refused as UNAVAILABLE
 * @param bodyBytes       of one post, uncompressed; more is TOO_LARGE
 * @param rememberedIds   events of which it is known that they were kept: 26 bytes each
 */
public record IntakeLimits(int concurrentPosts, long bodyBytes, int rememberedIds) {
    /** 64 posts, 256 MiB, 200,000 events. */
    public static final IntakeLimits DEFAULTS = new IntakeLimits(64, 256L << 20, 200_000);

    public IntakeLimits {
        if (concurrentPosts < 1 || bodyBytes < 1 || rememberedIds < 1 || rememberedIds > 1 << 28) {
            throw new IllegalArgumentException("limits out of range: " + concurrentPosts + " posts, " + bodyBytes + " body bytes, "
                    + rememberedIds + " remembered ids");
        }
    }
}
