package io.rayhistory.bootstrap;

import java.util.Optional;

/** Where the server tells how it is, beside the port for people. */
record AdminPlan(String host, int port) {

    /** @return empty if it has no port of its own */
    static Optional<AdminPlan> of(SettingValues values) {
        if (!values.has(Setting.ADMIN_PORT)) {
            return Optional.empty();
        }
        return Optional.of(new AdminPlan(values.text(values.has(Setting.ADMIN_HOST) ? Setting.ADMIN_HOST : Setting.HOST),
                values.port(Setting.ADMIN_PORT)));
    }
}
