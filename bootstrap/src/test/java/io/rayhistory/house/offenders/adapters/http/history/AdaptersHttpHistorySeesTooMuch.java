package io.rayhistory.house.offenders.adapters.http.history;

import io.rayhistory.house.offenders.application.collect.ApplicationCollectSeesTooMuch;

/** Planted: who answers for stored sessions knows nothing of collecting. */
public final class AdaptersHttpHistorySeesTooMuch {
    ApplicationCollectSeesTooMuch seen;
}
