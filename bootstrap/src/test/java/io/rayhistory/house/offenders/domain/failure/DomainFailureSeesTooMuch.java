package io.rayhistory.house.offenders.domain.failure;

import io.rayhistory.house.offenders.application.port.ApplicationPortSeesTooMuch;

/** Planted: the domain knows no ports. */
public final class DomainFailureSeesTooMuch {
    ApplicationPortSeesTooMuch seen;
}
