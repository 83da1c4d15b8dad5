package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventCodec.Damage;

import java.io.IOException;

/** Why a record cannot be read. Without a stack, because hostile files would make millions. */
final class BadRecord extends IOException {
    static final BadRecord MALFORMED = new BadRecord(Damage.MALFORMED);
    static final BadRecord TOO_DEEP = new BadRecord(Damage.OVERSIZE);
    private static final long serialVersionUID = 1;

    final Damage damage;

    private BadRecord(Damage damage) {
        super(damage.name());
        this.damage = damage;
        setStackTrace(new StackTraceElement[0]);
    }
}
