package io.rayhistory.house.offenders.adapters.http.intake;

import io.rayhistory.house.offenders.application.read.ApplicationReadSeesTooMuch;

/** Planted: what takes events in has nothing to do with reading them. */
public final class AdaptersHttpIntakeSeesTooMuch {
    ApplicationReadSeesTooMuch seen;
}
