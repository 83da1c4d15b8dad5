package io.rayhistory.house.offenders.domain.id;

import io.rayhistory.house.offenders.domain.history.DomainHistorySeesTooMuch;

/** Planted: an arrow that points outwards. */
public final class DomainIdSeesTooMuch {
    DomainHistorySeesTooMuch seen;
}
