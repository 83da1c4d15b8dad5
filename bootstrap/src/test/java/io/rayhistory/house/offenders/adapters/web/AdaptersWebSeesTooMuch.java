package io.rayhistory.house.offenders.adapters.web;

import io.rayhistory.house.offenders.adapters.json.AdaptersJsonSeesTooMuch;

/** Planted: adapters do not know each other. */
public final class AdaptersWebSeesTooMuch {
    AdaptersJsonSeesTooMuch seen;
}
