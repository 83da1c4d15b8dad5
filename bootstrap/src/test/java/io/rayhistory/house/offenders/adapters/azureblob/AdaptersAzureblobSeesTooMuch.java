package io.rayhistory.house.offenders.adapters.azureblob;

import io.rayhistory.house.offenders.adapters.filesystem.AdaptersFilesystemSeesTooMuch;

/** Planted: adapters do not know each other. */
public final class AdaptersAzureblobSeesTooMuch {
    AdaptersFilesystemSeesTooMuch seen;
}
