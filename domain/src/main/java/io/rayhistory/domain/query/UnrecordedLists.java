package io.rayhistory.domain.query;

import java.util.List;

/** Lists of what only running processes know. The questions are checked all the same, so that typing errors show. */
final class UnrecordedLists {
    private static final Columns<Object> OBJECT_COLUMNS = Columns.<Object>builder()
            .textOrNull("object_id", row -> "").number("object_size", row -> null).textOrNull("task_status", row -> "")
            .number("attempt_number", row -> null).textOrNull("reference_type", row -> "")
            .textOrNull("call_site", row -> "").textOrNull("type", row -> "").number("pid", row -> null)
            .textOrNull("ip", row -> "")
            .build();
    private static final Columns<Object> RUNTIME_ENV_COLUMNS = Columns.<Object>builder()
            .object("runtime_env").bool("success", row -> null).textOrNull("node_id", row -> "")
            .textOrNull("error", row -> "")
            .build();

    private UnrecordedLists() {
    }

    static Page<Object> objects(List<Filter> filters) {
        OBJECT_COLUMNS.filter(filters);
        return empty("Object references are not recorded: a finished session has none to list.");
    }

    static Page<Object> runtimeEnvs(List<Filter> filters) {
        RUNTIME_ENV_COLUMNS.filter(filters);
        return empty("Runtime environments are not recorded: a finished session has none to list.");
    }

    private static Page<Object> empty(String warning) {
        return new Page<>(0, 0, 0, List.of(), List.of(warning));
    }
}
