package io.rayhistory.house.offenders.adapters.http;

import io.rayhistory.house.offenders.adapters.filesystem.AdaptersFilesystemSeesTooMuch;

/** Planted: adapters do not know each other. */
public final class AdaptersHttpSeesTooMuch {
    AdaptersFilesystemSeesTooMuch seen;
}
