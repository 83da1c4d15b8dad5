package io.rayhistory.house.offenders.domain;

import java.nio.file.Path;

/** Planted: files are none of the domain's business. */
public final class DomainSeesTooMuch {
    Path seen;
}
