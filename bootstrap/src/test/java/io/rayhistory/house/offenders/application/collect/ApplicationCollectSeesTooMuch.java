package io.rayhistory.house.offenders.application.collect;

import io.rayhistory.house.offenders.application.read.ApplicationReadSeesTooMuch;

/** Planted: collecting and reading never meet. */
public final class ApplicationCollectSeesTooMuch {
    ApplicationReadSeesTooMuch seen;
}
