package io.rayhistory.application.read;

import io.rayhistory.application.port.EventCodec;
import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.history.ReplayPart;

/** Hands the events of a session to its replay, counts them, and leaves out those of other sessions. For one thread. */
final class EventSink implements EventCodec.Sink {
    private final String session;
    private final ReplayPart replay;
    private final LoadTally.Events tally;
    private final LoadMeter meter;
    private LoadTally.File file;

    EventSink(String session, ReplayPart replay, LoadTally.Events tally, LoadMeter meter) {
        this.session = session;
        this.replay = replay;
        this.tally = tally;
        this.meter = meter;
    }

    /** What is damaged from now on is so in this file. */
    void begin(LoadTally.File next) {
        file = next;
    }

    @Override
    public void event(RayEvent event) {
        meter.event();
        String owner = event.envelope().sessionName();
        if (owner.isEmpty() || owner.equals(session)) {
            tally.taken(event);
            replay.add(event);
        } else {
            tally.otherSession(owner);
        }
    }

    @Override
    public void damage(Damage damage, String detail) {
        file.damage(damage, detail);
    }
}
