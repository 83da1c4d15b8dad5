package io.rayhistory.bootstrap;

import io.rayhistory.adapters.kubernetes.DelegatedTokens;
import io.rayhistory.adapters.kubernetes.KubernetesSettings;
import io.rayhistory.adapters.raydashboard.HeadAddresses;
import io.rayhistory.domain.HistoryException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.TreeSet;

/**
 * What the settings say about Kubernetes.
 *
 * @param settings empty if it is not configured
 * @param heads    where heads of live clusters may be
 * @param clusterDomain what names of services end in
 * @param live     whether their dashboards are passed through
 * @param profiling whether that goes for profiles and dumps, too
 * @param verified whether the services of heads are asked for
 * @param route   how heads are reached
 */
record KubernetesPlan(Optional<KubernetesSettings> settings, HeadAddresses heads, String clusterDomain, boolean live, boolean profiling,
                      boolean verified, Route route) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    /** How heads are reached. */
    enum Route { DIRECT, APISERVER }

    /** @throws HistoryException INVALID for settings that make no sense, or Kubernetes demanded where there is none */
    static KubernetesPlan of(SettingValues values) {
        return new KubernetesPlan(settings(values), heads(values), values.text(Setting.KUBERNETES_CLUSTER_DOMAIN),
                values.truth(Setting.LIVE_ENABLED), values.truth(Setting.LIVE_ALLOW_PROFILING), values.truth(Setting.LIVE_VERIFY_SERVICE),
                values.word(Setting.LIVE_ROUTE, Route.class));
    }

    private static Optional<KubernetesSettings> settings(SettingValues values) {
        DelegatedTokens delegated = delegated(values);
        String enabled = values.text(Setting.KUBERNETES_ENABLED).toLowerCase(Locale.ROOT);
        if (enabled.equals("false")) {
            return Optional.empty();
        }
        if (!enabled.equals("auto") && !enabled.equals("true")) {
            throw values.refuse(Setting.KUBERNETES_ENABLED, "auto, true or false", null);
        }
        List<Path> files;
        try {
            files = values.items(Setting.KUBECONFIGS).stream().map(Path::of).toList();
        } catch (InvalidPathException e) {
            throw values.refuse(Setting.KUBECONFIGS, "paths of files", e);
        }
        if (files.isEmpty() && values.has(Setting.KUBERNETES_CONTEXTS)) {
            throw values.refuse(Setting.KUBERNETES_CONTEXTS, Setting.KUBECONFIGS.flag() + " as well", null);
        }
        Optional<KubernetesSettings> found = KubernetesSettings.find(files, values.items(Setting.KUBERNETES_CONTEXTS),
                Set.copyOf(values.items(Setting.KUBERNETES_NAMESPACES)), values.variable("KUBERNETES_SERVICE_HOST"),
                values.variable("KUBERNETES_SERVICE_PORT"), KubernetesSettings.SERVICE_ACCOUNT);
        if (enabled.equals("true") && found.isEmpty()) {
            throw values.refuse(Setting.KUBERNETES_ENABLED, "a kubeconfig (" + Setting.KUBECONFIGS.flag()
                    + "), or to run in a pod with a service account's token", null);
        }
        Optional<KubernetesSettings> all = found.map(one -> one.withDelegated(delegated));
        return values.truth(Setting.KUBERNETES_WATCH_OWNERS) ? all.map(KubernetesSettings::withOwners) : all;
    }

    private static DelegatedTokens delegated(SettingValues values) {
        String account = values.text(Setting.LIVE_DELEGATED_ACCOUNT);
        if (!NAME.matcher(account).matches()) {
            throw values.refuse(Setting.LIVE_DELEGATED_ACCOUNT, "the name of a service account", null);
        }
        return new DelegatedTokens(values.word(Setting.LIVE_DELEGATED, DelegatedTokens.Mode.class), account);
    }

    /** Whether clusters that want it are shown the token of who asks. */
    boolean passesTokens() {
        return live && settings.isPresent() && settings.get().delegated().mode() == DelegatedTokens.Mode.CALLER;
    }

    /** Resources around services that we need to get. */
    Set<String> services() {
        Set<String> services = new TreeSet<>();
        if (verified) {
            services.add("services");
        }
        if (live && route == Route.APISERVER) {
            services.add("services/proxy");
        }
        return services;
    }

    private static HeadAddresses heads(SettingValues values) {
        Set<Integer> ports = new HashSet<>();
        for (String item : values.items(Setting.LIVE_ALLOWED_PORTS)) {
            try {
                ports.add(Integer.parseInt(item));
            } catch (NumberFormatException e) {
                throw values.refuse(Setting.LIVE_ALLOWED_PORTS, "numbers separated by commas", e);
            }
        }
        List<String> ranges = values.has(Setting.LIVE_ALLOWED_CIDRS) ? values.items(Setting.LIVE_ALLOWED_CIDRS) : HeadAddresses.PRIVATE;
        try {
            return new HeadAddresses(ranges, ports, values.text(Setting.KUBERNETES_CLUSTER_DOMAIN));
        } catch (HistoryException e) {
            throw values.refuse(Setting.LIVE_ALLOWED_CIDRS, "ranges such as 10.0.0.0/8, separated by commas", e);
        }
    }
}
