package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.SubmissionFiles.Files;
import io.rayhistory.application.read.SubmissionFiles.Stored;
import io.rayhistory.domain.event.ActorTaskDefinitionEvent;
import io.rayhistory.domain.event.PlatformEvent;
import io.rayhistory.domain.event.TaskProfileEvent;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

class EvidenceChoiceTest {

    private static ObjectInfo object(String name, long length) {
        return new ObjectInfo(name, length, "1", Instant.EPOCH);
    }

    private static SortedMap<String, ObjectInfo> files(String... names) {
        SortedMap<String, ObjectInfo> files = new TreeMap<>();
        for (String name : names) {
            files.put(name, object(name, 5));
        }
        return files;
    }

    @Test
    void submissionsAreToldByFileNames() {
        SortedMap<String, ObjectInfo> head = files("job-driver-a.log", "jobs/supervisor-a.log", "jobs/supervisor-b.log",
                "dashboard_agent.log", "dashboard_agent.log.1", "dashboard.log", "old/job-driver-c.log",
                "job-driver-.txt");
        SortedMap<String, ObjectInfo> worker = files("jobs/supervisor-b.log");
        worker.put("job-driver-a.log", object("longer", 9));
        SubmissionFiles found = SubmissionFiles.of(new SessionContents(List.of(),
                new TreeMap<>(Map.of("head", head, "worker", worker)), new TreeMap<>()));
        assertEquals(Map.of(
                "a", new Files(new Stored("worker", object("longer", 9)),
                        new Stored("head", object("jobs/supervisor-a.log", 5))),
                "b", new Files(null, new Stored("head", object("jobs/supervisor-b.log", 5)))), found.bySubmission());
        assertEquals(List.of("dashboard_agent.log", "dashboard_agent.log.1"),
                found.agentLogs().stream().map(log -> log.object().name()).toList());
    }

    @Test
    void logEventsOfKnownSourcesAreRead() {
        for (String name : List.of("events/event_GCS.log", "events/event_RAYLET.log", "events/event_JOBS.log",
                "events/event_CORE_WORKER_19851.log", "events/event_AUTOSCALER.log", "events/event_RAYLET.3.log")) {
            assertTrue(LogEvidence.readsContent(name), name);
        }
        for (String name : List.of("events/event_OTHER.log", "export_events/event_EXPORT_TASK_1.log",
                "event_GCS.log", "events/event_GCS.txt", "old/events/event_GCS.log")) {
            assertFalse(LogEvidence.readsContent(name), name);
        }
    }

    @Test
    void logsOfProcessesCountByName() {
        for (String name : List.of("worker-1-01000000-7.out", "python-core-driver-1_7.log",
                "old/worker-1-01000000-7.err", "python-core-worker-1_7.log", "java-core-worker-1_7.log",
                "job-driver-x.log")) {
            assertTrue(LogEvidence.readsName(name), name);
        }
        assertFalse(LogEvidence.readsName("raylet.out"));
        assertFalse(LogEvidence.readsName("network-worker-x.out"));
    }

    @Test
    void thePlacementGroupAnswerThatTellsMostIsTaken() {
        String key = "restful__api__v0__placement_groups";
        assertEquals(Optional.empty(), StoredAnswers.bestPlacementGroups(files("restful__timezone")));
        assertEquals(Optional.of(key), best(key));
        assertEquals(Optional.of(key + "?detail=1"), best(key, key + "?detail=1", key + "?limit=100"));
        assertEquals(Optional.of(key + "?detail=1&limit=10000"),
                best(key + "?detail=1&limit=10000", key + "?limit=20000", key + "?detail=1&limit=100"));
        assertEquals(Optional.of(key), best(key, key + "?detail=1&filter_keys=state&filter_values=CREATED"));
    }

    private static Optional<String> best(String... keys) {
        return StoredAnswers.bestPlacementGroups(files(keys)).map(ObjectInfo::name);
    }

    @Test
    void everyEventTypeHasRaysName() {
        assertEquals("TASK_PROFILE_EVENT", LoadTally.typeName(TaskProfileEvent.class));
        assertEquals("ACTOR_TASK_DEFINITION_EVENT",
                LoadTally.typeName(ActorTaskDefinitionEvent.class));
        assertEquals("PLATFORM_EVENT", LoadTally.typeName(PlatformEvent.class));
    }
}
