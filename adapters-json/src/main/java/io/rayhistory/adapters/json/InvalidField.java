package io.rayhistory.adapters.json;

/** A member of a known message that cannot be what it should be. Without a stack trace: it is input, not a bug. */
final class InvalidField extends Exception {
    InvalidField(String field) {
        super(field, null, false, false);
    }
}
