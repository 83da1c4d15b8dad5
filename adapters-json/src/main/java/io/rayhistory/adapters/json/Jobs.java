package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.DriverJobDefinitionEvent;
import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import io.rayhistory.domain.event.StateTransition;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobLifecycleEvent;
import io.rayhistory.domain.event.SubmissionJobTransition;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DRIVER_JOB_* and SUBMISSION_JOB_* events. */
final class Jobs {
    private Jobs() {
    }

    static Payload driverDefinition(FieldReader in) throws IOException, InvalidField {
        String jobId = "";
        long pid = 0;
        String nodeId = "";
        String entrypoint = "";
        Config config = Config.NONE;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "driverPid", "driver_pid" -> pid = in.integer();
                case "driverNodeId", "driver_node_id" -> nodeId = in.id(IdKind.NODE);
                case "entrypoint" -> entrypoint = in.text();
                case "config" -> config = config(in);
                default -> in.skip();
            }
        }
        in.require(jobId, "jobId");
        DriverJobDefinitionEvent d = new DriverJobDefinitionEvent(null, jobId, pid, nodeId, entrypoint,
                config.runtimeEnv, config.metadata);
        return envelope -> new DriverJobDefinitionEvent(envelope, d.jobId(), d.driverPid(), d.driverNodeId(),
                d.entrypoint(), d.serializedRuntimeEnv(), d.metadata());
    }

    static Payload driverLifecycle(FieldReader in) throws IOException, InvalidField {
        String jobId = "";
        List<StateTransition> transitions = new ArrayList<>(2);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "stateTransitions", "state_transitions" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        transitions.add(driverTransition(in));
                    }
                }
                default -> in.skip();
            }
        }
        String id = in.require(jobId, "jobId");
        List<StateTransition> all = List.copyOf(transitions);
        return envelope -> new DriverJobLifecycleEvent(envelope, id, all);
    }

    private static StateTransition driverTransition(FieldReader in) throws IOException, InvalidField {
        String state = EnumNames.DRIVER_JOB_STATE[0];
        long time = 0;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "state" -> state = in.name(EnumNames.DRIVER_JOB_STATE);
                case "timestamp" -> time = in.time();
                default -> in.skip();
            }
        }
        return new StateTransition(state, time);
    }

    static Payload submissionDefinition(FieldReader in) throws IOException, InvalidField {
        String submissionId = "";
        String entrypoint = "";
        Config config = Config.NONE;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "submissionId", "submission_id" -> submissionId = in.text();
                case "entrypoint" -> entrypoint = in.text();
                case "config" -> config = config(in);
                default -> in.skip();
            }
        }
        String id = in.require(submissionId, "submissionId");
        String command = entrypoint;
        Config c = config;
        return envelope -> new SubmissionJobDefinitionEvent(envelope, id, command, c.runtimeEnv, c.metadata);
    }

    static Payload submissionLifecycle(FieldReader in) throws IOException, InvalidField {
        String submissionId = "";
        List<SubmissionJobTransition> transitions = new ArrayList<>(2);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "submissionId", "submission_id" -> submissionId = in.text();
                case "stateTransitions", "state_transitions" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        transitions.add(submissionTransition(in));
                    }
                }
                default -> in.skip();
            }
        }
        String id = in.require(submissionId, "submissionId");
        List<SubmissionJobTransition> all = List.copyOf(transitions);
        return envelope -> new SubmissionJobLifecycleEvent(envelope, id, all);
    }

    private static SubmissionJobTransition submissionTransition(FieldReader in) throws IOException, InvalidField {
        String state = EnumNames.SUBMISSION_JOB_STATE[0];
        long time = 0;
        String message = "";
        String errorType = "";
        String nodeId = "";
        String agent = "";
        Integer exitCode = null;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "state" -> state = in.name(EnumNames.SUBMISSION_JOB_STATE);
                case "timestamp" -> time = in.time();
                case "message" -> message = in.text();
                case "errorType", "error_type" -> errorType = in.text();
                case "driverNodeId", "driver_node_id" -> nodeId = in.id(IdKind.NODE);
                case "driverAgentHttpAddress", "driver_agent_http_address" -> agent = in.text();
                case "driverExitCode", "driver_exit_code" -> exitCode = in.isNull() ? null : (Integer) in.int32();
                default -> in.skip();
            }
        }
        return new SubmissionJobTransition(state, time, message, errorType, nodeId, agent, exitCode);
    }

    private record Config(String runtimeEnv, Map<String, String> metadata) {
        private static final Config NONE = new Config("", Map.of());
    }

    private static Config config(FieldReader in) throws IOException, InvalidField {
        String runtimeEnv = "";
        Map<String, String> metadata = Map.of();
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "serializedRuntimeEnv", "serialized_runtime_env" -> runtimeEnv = in.text();
                case "metadata" -> metadata = DataMaps.ofTexts(in);
                default -> in.skip();
            }
        }
        return new Config(runtimeEnv, metadata);
    }
}
