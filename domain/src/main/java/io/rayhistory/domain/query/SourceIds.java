package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.id.IdKind;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ids in filters that Ray hands to its data source, which takes nothing but hex
 * (Ray: {@code python/ray/util/state/state_manager.py}).
 */
final class SourceIds {

    private SourceIds() {
    }

    /**
     * A job filter with the job id that is meant. A submission id stands for the job of its driver, which Ray's own
     * dashboard refuses; one whose driver never connected stands for no job at all.
     *
     * @param jobs finds a job by its own or by its submission's id
     * @throws HistoryException INVALID when it is neither
     */
    static Filter job(Filter filter, Function<String, Optional<Job>> jobs) {
        return new Filter(filter.column(), filter.equal(), jobId(filter.value(), jobs));
    }

    /** The job id that a job or submission id means, {@code ""} for a submission without a driver; see {@link #job}. */
    static String jobId(String jobOrSubmissionId, Function<String, Optional<Job>> jobs) {
        if (!IdKind.JOB.isNormal(jobOrSubmissionId)) {
            Optional<Job> job = jobs.apply(jobOrSubmissionId);
            if (job.isPresent()) {
                return job.get().jobId();
            }
        }
        return hex(IdKind.JOB, jobOrSubmissionId);
    }

    /**
     * An id in normal form.
     *
     * @throws HistoryException INVALID, in Ray's words where it has some, when the text is not hex of this length
     */
    static String hex(IdKind kind, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'f' || Character.digit(c, 16) < 0) {
                throw HistoryException.invalid("Non-hexadecimal digit found");
            }
        }
        if (text.length() % 2 != 0) {
            throw HistoryException.invalid("Odd-length string");
        }
        if (text.length() != kind.hexLength()) {
            throw HistoryException.invalid("ID string needs to have length " + kind.hexLength() / 2
                    + " bytes, but '" + text + "' has " + text.length() / 2);
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
