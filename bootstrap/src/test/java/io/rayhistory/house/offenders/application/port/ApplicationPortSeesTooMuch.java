package io.rayhistory.house.offenders.application.port;

import io.rayhistory.house.offenders.application.read.ApplicationReadSeesTooMuch;

/** Planted: ports know nobody who uses them. */
public final class ApplicationPortSeesTooMuch {
    ApplicationReadSeesTooMuch seen;
}
