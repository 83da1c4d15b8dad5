package io.rayhistory.house.offenders.domain.query;

import io.rayhistory.house.offenders.application.port.ApplicationPortSeesTooMuch;

/** Planted: the domain knows no ports. */
public final class DomainQuerySeesTooMuch {
    ApplicationPortSeesTooMuch seen;
}
