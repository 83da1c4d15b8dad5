package io.rayhistory.house.offenders.domain.event;

import java.util.concurrent.Executor;

/** Planted: the domain owns no threads. */
public final class DomainEventSeesTooMuch {
    Executor seen;
}
