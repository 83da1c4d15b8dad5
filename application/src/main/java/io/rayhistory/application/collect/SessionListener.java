package io.rayhistory.application.collect;

/**
 * Is told what {@link SessionWatch} sees, on the watch's own thread, so it must return soon. One that throws is logged
 * and does not keep the others from being told.
 */
public interface SessionListener {

    /**
     * A session is the node's current one now, or the current one got its node id, or another node id. Until {@link
     * #ended} it grows.
     */
    void current(CollectedNode node);

    /**
     * A session will not grow any more: another one is current, or it was left over when the collector started. Its
     * files are where they were and have to be sent to their last byte, under the node id it had. May be told of a
     * session that was never current, and of one whose node id nobody knows.
     */
    void ended(CollectedNode node);
}
