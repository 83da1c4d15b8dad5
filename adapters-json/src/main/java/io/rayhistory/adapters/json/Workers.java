package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.WorkerDefinitionEvent;
import io.rayhistory.domain.event.WorkerLifecycleEvent;
import io.rayhistory.domain.event.WorkerTransition;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** WORKER_DEFINITION_EVENT and WORKER_LIFECYCLE_EVENT. */
final class Workers {
    private Workers() {
    }

    static Payload definition(FieldReader in) throws IOException, InvalidField {
        String workerId = "";
        String nodeId = "";
        String type = EnumNames.WORKER_TYPE[0];
        long pid = 0;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "workerId", "worker_id" -> workerId = in.id(IdKind.WORKER);
                case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
                case "workerType", "worker_type" -> type = in.name(EnumNames.WORKER_TYPE);
                case "pid" -> pid = in.integer();
                default -> in.skip();
            }
        }
        in.require(workerId, "workerId");
        WorkerDefinitionEvent d = new WorkerDefinitionEvent(null, workerId, nodeId, type, pid);
        return envelope -> new WorkerDefinitionEvent(envelope, d.workerId(), d.nodeId(), d.workerType(), d.pid());
    }

    static Payload lifecycle(FieldReader in) throws IOException, InvalidField {
        String workerId = "";
        String jobId = "";
        List<WorkerTransition> transitions = new ArrayList<>(2);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "workerId", "worker_id" -> workerId = in.id(IdKind.WORKER);
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "stateTransitions", "state_transitions" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        transitions.add(transition(in));
                    }
                }
                default -> in.skip();
            }
        }
        String id = in.require(workerId, "workerId");
        String job = jobId;
        List<WorkerTransition> all = List.copyOf(transitions);
        return envelope -> new WorkerLifecycleEvent(envelope, id, job, all);
    }

    private static WorkerTransition transition(FieldReader in) throws IOException, InvalidField {
        String state = EnumNames.ALIVENESS[0];
        long time = 0;
        long launch = 0;
        long launched = 0;
        long start = 0;
        long end = 0;
        String exitType = "";
        String exitDetail = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "state" -> state = in.name(EnumNames.ALIVENESS);
                case "timestamp" -> time = in.time();
                case "workerLaunchTimeMs", "worker_launch_time_ms" -> launch = in.integer();
                case "workerLaunchedTimeMs", "worker_launched_time_ms" -> launched = in.integer();
                case "startTimeMs", "start_time_ms" -> start = in.integer();
                case "endTimeMs", "end_time_ms" -> end = in.integer();
                case "deathInfo", "death_info" -> {
                    exitType = in.isNull() ? "" : EnumNames.WORKER_EXIT[0];
                    for (String death = in.open(); death != null; death = in.next()) {
                        switch (death) {
                            case "exitType", "exit_type" -> exitType = in.name(EnumNames.WORKER_EXIT);
                            case "exitDetail", "exit_detail" -> exitDetail = in.text();
                            default -> in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        return new WorkerTransition(state, time, launch, launched, start, end, exitType, exitDetail);
    }
}
