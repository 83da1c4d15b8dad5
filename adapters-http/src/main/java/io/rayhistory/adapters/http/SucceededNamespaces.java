package io.rayhistory.adapters.http;

import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.Caller;

import java.util.Map;

/**
 * Asks about another namespace in the place of one that was deleted: its RoleBindings went with it, so that nobody but those
 * who see everything could see what is stored of it. Thread-safe.
 */
public final class SucceededNamespaces implements AccessReview {
    private final AccessReview review;
    private final Map<String, String> successors;

    /** @param successors by deleted namespace */
    public SucceededNamespaces(AccessReview review, Map<String, String> successors) {
        this.review = review;
        this.successors = Map.copyOf(successors);
    }

    @Override
    public Identity authenticate(String token) {
        return review.authenticate(token);
    }

    @Override
    public Decision maySee(Caller caller, String namespace, String cluster) {
        return review.maySee(caller, successors.getOrDefault(namespace, namespace), cluster);
    }

    @Override
    public String describe() {
        return review.describe();
    }

    @Override
    public void close() {
        review.close();
    }
}
