package io.rayhistory.domain.event;

import java.util.Map;

/**
 * One bundle of a placement group as requested.
 */
public record BundleSpec(int index, Map<String, Double> unitResources, Map<String, String> labelSelector) {
}
