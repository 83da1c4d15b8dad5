package io.rayhistory.house.offenders.adapters.http;

/** Planted: below bootstrap, System.Logger. */
final class PrintsAway {
    void print() {
        System.out.println("hello");
    }
}
