package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class JobFactsTest {
    private static final long RECORD_END = 1_795_379_000_500_000_000L;
    private final JobFacts facts = new JobFacts();

    private List<Job> fold() {
        return facts.fold(Map.of(Told.NODE, Told.nodeRow(Told.NODE, "10.0.0.1")), Map.of(), List.of(), List.of(),
                RECORD_END);
    }

    @Test
    void driverThatDisconnectedSucceededWhateverHappened() {
        facts.add(Told.job(10, Told.JOB, Map.of("team", "obs")));
        facts.add(Told.jobWas(11, Told.JOB, "CREATED"));
        facts.add(Told.jobWas(50, Told.JOB, "FINISHED"));
        assertEquals(List.of(new Job(false, Told.JOB, "", new Job.Driver(Told.JOB, "10.0.0.1", 99), "SUCCEEDED",
                "python x.py", "", "", 11, 50, Map.of("team", "obs"), "{\"a\":1}", "", "", null, Provenance.RECORDED)),
                fold());
        assertEquals(Told.ns(50), facts.finishedNs(Told.JOB));
    }

    @Test
    void driverThatNeverEndedRunsAndSaysWhereTheRecordEnds() {
        facts.add(Told.job(10, Told.JOB, Map.of()));
        Job job = fold().get(0);
        assertEquals("RUNNING", job.status());
        assertEquals("The record ends at 2026-11-22T20:23:20Z while this driver was still running.", job.message());
        assertEquals(10, job.startTimeMs());
        assertEquals(0, job.endTimeMs());
        assertEquals(Provenance.UNFINISHED, job.provenance());
    }

    @Test
    void jobWithoutDefinitionHasNoDriverAndNoEntrypoint() {
        facts.add(Told.jobWas(50, Told.JOB, "FINISHED"));
        Job job = fold().get(0);
        assertNull(job.driver());
        assertEquals("", job.entrypoint());
        assertTrue(facts.definition(Told.JOB).isEmpty());
        assertEquals(0, facts.createdNs(Told.JOB));
        assertEquals(0, facts.finishedNs("unknown"));
    }

    @Test
    void newestDefinitionWinsWhole() {
        facts.add(Told.job(20, Told.JOB, Map.of("a", "new")));
        facts.add(Told.job(10, Told.JOB, Map.of("b", "old")));
        assertEquals(Map.of("a", "new"), fold().get(0).metadata());
    }

    @Test
    void driversOfASubmissionAreFoldedIntoItAndTheLastOneIsShown() {
        facts.add(Told.job(10, "05000000", Map.of("job_submission_id", "sub")));
        facts.add(Told.job(11, "04000000", Map.of("job_submission_id", "sub", "job_name", "sub", "team", "obs")));
        facts.add(Told.job(12, "02000000", Map.of()));
        facts.add(Told.job(13, "01000000", Map.of()));
        List<Job> jobs = fold();
        assertEquals(List.of("05000000", "01000000", "02000000"), jobs.stream().map(Job::jobId).toList());
        assertEquals("sub", jobs.get(0).submissionId());
        assertTrue(jobs.get(0).submission());
        assertEquals("05000000", jobs.get(0).driver().jobId());
    }
}
