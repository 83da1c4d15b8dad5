package io.rayhistory.domain.history;

/**
 * The actor that ran a submitted job's entrypoint (Ray: {@code python/ray/dashboard/modules/job/job_manager.py}). It
 * also exists for entrypoints that never connected to Ray.
 *
 * @param nodeId     {@code ""} when it never was alive
 * @param createdNs  a moment after the submission, 0 when unknown
 * @param diedNs     a moment after the end, 0 while alive
 */
record Supervisor(String nodeId, long createdNs, boolean started, long diedNs) {
}
