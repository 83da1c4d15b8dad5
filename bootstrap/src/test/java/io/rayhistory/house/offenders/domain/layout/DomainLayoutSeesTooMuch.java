package io.rayhistory.house.offenders.domain.layout;

import io.rayhistory.house.offenders.domain.event.DomainEventSeesTooMuch;

/** Planted: layouts know names, not events. */
public final class DomainLayoutSeesTooMuch {
    DomainEventSeesTooMuch seen;
}
