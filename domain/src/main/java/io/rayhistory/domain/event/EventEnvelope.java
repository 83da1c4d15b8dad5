package io.rayhistory.domain.event;

/**
 * What every event carries (Ray: {@code src/ray/protobuf/public/events_base_event.proto}).
 *
 * @param eventId     normal form, {@code ""} when absent; platform events carry a Kubernetes UID's text here
 * @param sourceType  component that emitted it, such as {@code CORE_WORKER} or {@code GCS}
 * @param timeNs      nanoseconds since the epoch, 0 when absent
 * @param severity    such as {@code INFO}
 * @param sessionName the session it belongs to, {@code ""} when absent
 * @param nodeId      node of the emitting process (Ray 2.54 and later), {@code ""} when absent
 * @param message     free text, usually empty
 */
public record EventEnvelope(String eventId, String sourceType, long timeNs, String severity, String sessionName,
                            String nodeId, String message) {
}
