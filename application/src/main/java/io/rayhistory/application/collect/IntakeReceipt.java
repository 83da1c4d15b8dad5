package io.rayhistory.application.collect;

import java.util.List;

/**
 * What became of a post. All of its events are in here; none has to be sent again.
 *
 * @param accepted   kept
 * @param rejected   unusable, put into quarantine
 * @param duplicates kept before already
 * @param reasons    of the first rejected ones, at most {@value #MOST_REASONS}
 */
public record IntakeReceipt(long accepted, long rejected, long duplicates, List<String> reasons) {
    static final int MOST_REASONS = 5;

    public IntakeReceipt {
        reasons = List.copyOf(reasons);
    }
}
