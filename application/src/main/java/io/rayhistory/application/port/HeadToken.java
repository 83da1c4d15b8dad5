package io.rayhistory.application.port;

/** A secret for the dashboard of one cluster. Shown as {@code ***} wherever it is printed. */
public final class HeadToken {
    private final String value;

    public HeadToken(String value) {
        this.value = value;
    }

    /** To be put into a header, nowhere else. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadToken token && token.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
