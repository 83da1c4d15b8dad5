package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.kubernetes.KubernetesAccess;
import io.rayhistory.adapters.kubernetes.KubernetesSettings;
import io.rayhistory.adapters.kubernetes.Right;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code rayhistory check-config}: what {@code serve} would do with the same flags, variables and file. */
@Command(name = "check-config", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        abbreviateSynopsis = true, sortOptions = false, header = "Explains what serve would do with these settings.",
        description = "%nStarts nothing and reads nothing from the store; asks the API servers what they allow. Exit code 0 if serve "
                + "would start with all it needs, 1 if a right is missing, 2 if a setting makes no sense.%n")
final class CheckConfigCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    CheckConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SettingValues values = SettingOptions.read(spec, terminal);
        Wiring.cacheSettings(values);
        HttpSettings http = Wiring.httpSettings(values, Setting.PORT.fallback());
        KubernetesPlan kubernetes = KubernetesPlan.of(values);
        AccessPlan access = AccessPlan.of(values, kubernetes);
        terminal.say("Settings:");
        for (Setting setting : Setting.values()) {
            String origin = values.origin(setting);
            if (!origin.isEmpty()) {
                terminal.say("  " + setting.flag() + " " + values.text(setting) + "   (" + origin + ")");
            }
        }
        try (Closing closing = new Closing()) {
            StoreSource source = StoreSource.of(values, terminal);
            closing.add(source.cleanUp()::run);
            closing.add(source.store());
            terminal.say("Store: " + (source.bundled() ? "the bundled sample" : source.store().describe()));
        }
        terminal.say("Listens on " + http.host() + ":" + http.port() + (http.tls().isPresent() ? ", with TLS" : ""));
        AdminPlan.of(values).ifPresent(admin -> terminal.say("Figures and probes, for anybody: " + admin.host() + ":" + admin.port()));
        terminal.say("Access: " + access.describe());
        access.warn(terminal::warn);
        terminal.say("Dashboards of live clusters: " + (kubernetes.settings().isEmpty() || !kubernetes.live() ? "not passed through"
                : "passed through" + (kubernetes.profiling() ? ", profiles and dumps as well" : "")
                + (kubernetes.route() == KubernetesPlan.Route.APISERVER ? ", by the API server's proxy (for development)" : "")
                + (kubernetes.verified() ? ", services of heads are verified" : "")));
        return kubernetes(kubernetes, access) ? 0 : 1;
    }

    private boolean kubernetes(KubernetesPlan plan, AccessPlan access) {
        if (plan.settings().isEmpty()) {
            terminal.say("Kubernetes: not configured; every stored session is treated as ended");
            return true;
        }
        KubernetesSettings settings = plan.settings().get();
        terminal.say("Kubernetes: watches RayClusters " + (settings.owners() ? "and RayServices " : "") + "in "
                + (settings.namespaces().isEmpty() ? "all namespaces" : "namespaces " + String.join(", ", settings.namespaces())));
        boolean complete = true;
        List<Right> rights = KubernetesAccess.rights(settings, plan.services());
        for (Right right : rights) {
            boolean needed = Stream.of("rayclusters", "rayservices", "get services").anyMatch(right.what()::contains) || access.needs(right.what());
            String answer = !right.failure().isEmpty() ? "UNKNOWN: " + right.failure() : right.allowed() ? "allowed"
                    : "NOT ALLOWED, needed for: " + right.purpose();
            terminal.say("  " + right.server() + ": " + right.what() + ": " + answer);
            complete &= right.allowed() || !needed;
        }
        return complete;
    }
}
