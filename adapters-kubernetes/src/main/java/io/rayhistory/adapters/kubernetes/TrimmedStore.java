package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an informer remembers: of each resource what we read, and what the informer itself needs to tell versions apart;
 * not the pod templates, which are most of it. Thread-safe.
 */
final class TrimmedStore<T> implements ItemStore<GenericKubernetesResource> {

    private record Kept<T>(GenericKubernetesResource skeleton, T value) {
    }

    private final Function<GenericKubernetesResource, T> reader;
    private final ConcurrentMap<String, Kept<T>> kept = new ConcurrentHashMap<>();

    TrimmedStore(Function<GenericKubernetesResource, T> reader) {
        this.reader = reader;
    }

    Optional<T> find(String namespace, String name) {
        return Optional.ofNullable(kept.get(key(namespace, name))).map(Kept::value);
    }

    Collection<T> all() {
        return kept.values().stream().map(Kept::value).toList();
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static GenericKubernetesResource skeleton(GenericKubernetesResource whole) {
        return new GenericKubernetesResourceBuilder().withApiVersion(whole.getApiVersion()).withKind(whole.getKind())
                .withNewMetadata().withNamespace(whole.getMetadata().getNamespace()).withName(whole.getMetadata().getName())
                .withUid(whole.getMetadata().getUid()).withResourceVersion(whole.getMetadata().getResourceVersion())
                .endMetadata().build();
    }

    private static GenericKubernetesResource skeletonOf(Kept<?> found) {
        return found == null ? null : found.skeleton();
    }

    @Override
    public String getKey(GenericKubernetesResource resource) {
        return key(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource resource) {
        return skeletonOf(kept.put(key, new Kept<>(skeleton(resource), reader.apply(resource))));
    }

    @Override
    public GenericKubernetesResource remove(String key) {
        return skeletonOf(kept.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return kept.values().stream().map(Kept::skeleton);
    }

    @Override
    public int size() {
        return kept.size();
    }

    @Override
    public GenericKubernetesResource get(String key) {
        return skeletonOf(kept.get(key));
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
