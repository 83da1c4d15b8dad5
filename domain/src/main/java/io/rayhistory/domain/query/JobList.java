package io.rayhistory.domain.query;

import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Provenance;

import java.util.Comparator;
import java.util.List;

/** Lists jobs by job id, the ones without a driver first. */
final class JobList {
    private static final Columns<Job> COLUMNS = Columns.<Job>builder()
            .text("type", job -> job.submission() ? "SUBMISSION" : "DRIVER")
            .textOrNull("job_id", Job::jobId)
            .textOrNull("submission_id", Job::submissionId)
            .text("status", Job::status)
            .build();
    private static final Listing<Job> LISTING = new Listing<>("job", COLUMNS, Job::startTimeMs,
            job -> job.provenance() == Provenance.UNFINISHED);

    private JobList() {
    }

    static Page<Job> page(List<Job> jobs, List<Filter> filters, int limit, long recordEndNs) {
        List<Job> sorted = jobs.stream().sorted(Comparator.comparing(Job::jobId)).toList();
        return LISTING.page(sorted.size(), sorted, filters, limit, recordEndNs);
    }
}
