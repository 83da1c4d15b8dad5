package io.rayhistory.house.offenders.application.read.snapshot;

import io.rayhistory.house.offenders.adapters.json.AdaptersJsonSeesTooMuch;

/** Planted: the application knows no adapter. */
public final class ApplicationReadSnapshotSeesTooMuch {
    AdaptersJsonSeesTooMuch seen;
}
