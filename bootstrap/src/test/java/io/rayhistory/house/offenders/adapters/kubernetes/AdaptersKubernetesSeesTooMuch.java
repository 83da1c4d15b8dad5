package io.rayhistory.house.offenders.adapters.kubernetes;

import io.rayhistory.house.offenders.adapters.json.AdaptersJsonSeesTooMuch;

/** Planted: adapters do not know each other. */
public final class AdaptersKubernetesSeesTooMuch {
    AdaptersJsonSeesTooMuch seen;
}
