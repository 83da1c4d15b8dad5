package io.rayhistory.house.offenders.adapters.http.api;

import io.rayhistory.house.offenders.adapters.http.AdaptersHttpSeesTooMuch;

/** Planted: resources do not know the server they are put into. */
public final class AdaptersHttpApiSeesTooMuch {
    AdaptersHttpSeesTooMuch seen;
}
