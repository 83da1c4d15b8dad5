package io.rayhistory.house.offenders.domain.history;

import io.rayhistory.house.offenders.domain.query.DomainQuerySeesTooMuch;

/** Planted: an arrow that points outwards. */
public final class DomainHistorySeesTooMuch {
    DomainQuerySeesTooMuch seen;
}
