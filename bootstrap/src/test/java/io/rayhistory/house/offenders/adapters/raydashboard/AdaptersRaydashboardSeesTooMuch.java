package io.rayhistory.house.offenders.adapters.raydashboard;

import io.rayhistory.house.offenders.adapters.json.AdaptersJsonSeesTooMuch;

/** Planted: adapters do not know each other. */
public final class AdaptersRaydashboardSeesTooMuch {
    AdaptersJsonSeesTooMuch seen;
}
