package io.rayhistory.house.offenders.adapters.filesystem;

import io.rayhistory.house.offenders.adapters.json.AdaptersJsonSeesTooMuch;

/** Planted: adapters do not know each other. */
public final class AdaptersFilesystemSeesTooMuch {
    AdaptersJsonSeesTooMuch seen;
}
