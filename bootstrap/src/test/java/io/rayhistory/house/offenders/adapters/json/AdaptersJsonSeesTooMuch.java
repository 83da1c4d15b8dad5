package io.rayhistory.house.offenders.adapters.json;

import java.util.logging.Logger;

/** Planted: a logging framework is the application's choice. */
public final class AdaptersJsonSeesTooMuch {
    Logger seen;
}
