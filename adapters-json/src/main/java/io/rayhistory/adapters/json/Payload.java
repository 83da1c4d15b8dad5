package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.RayEvent;

import java.io.IOException;

/** What an event says, waiting for its envelope: the envelope's members may stand before or behind it. */
interface Payload {
    RayEvent with(EventEnvelope envelope);

    /** Reads one type of payload; the reader stands on its value. */
    interface Format {
        /** @throws InvalidField when a member has the wrong type, or the subject's id is missing */
        Payload read(FieldReader in) throws IOException, InvalidField;
    }
}
