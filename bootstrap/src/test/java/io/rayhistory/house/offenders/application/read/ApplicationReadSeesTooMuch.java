package io.rayhistory.house.offenders.application.read;

import io.rayhistory.house.offenders.adapters.json.AdaptersJsonSeesTooMuch;

/** Planted: the application knows no adapter. */
public final class ApplicationReadSeesTooMuch {
    AdaptersJsonSeesTooMuch seen;
}
