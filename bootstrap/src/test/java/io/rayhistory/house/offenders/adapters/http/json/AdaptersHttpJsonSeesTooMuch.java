package io.rayhistory.house.offenders.adapters.http.json;

import io.rayhistory.house.offenders.application.read.ApplicationReadSeesTooMuch;

/** Planted: shapes know values, not where they come from. */
public final class AdaptersHttpJsonSeesTooMuch {
    ApplicationReadSeesTooMuch seen;
}
