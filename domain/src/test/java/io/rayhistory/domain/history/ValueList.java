package io.rayhistory.domain.history;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.List;

/** The simplest place for an image: a list of its values. */
final class ValueList implements ImageSink, ImageSource {
    final List<Object> values = new ArrayList<>();
    private int at;

    @Override
    public void number(long value) {
        values.add(value);
    }

    @Override
    public void text(String text) {
        values.add(text);
    }

    @Override
    public void bytes(byte[] bytes) {
        values.add(bytes.clone());
    }

    @Override
    public void longs(long[] column) {
        values.add(column.clone());
    }

    @Override
    public void ints(int[] column) {
        values.add(column.clone());
    }

    boolean isRead() {
        return at == values.size();
    }

    private <T> T next(Class<T> type) {
        if (at == values.size() || !type.isInstance(values.get(at))) {
            throw new HistoryException(HistoryException.Kind.CORRUPT, "no " + type);
        }
        return type.cast(values.get(at++));
    }

    @Override
    public long number() {
        return next(Long.class);
    }

    @Override
    public String text() {
        return next(String.class);
    }

    @Override
    public byte[] bytes() {
        return next(byte[].class);
    }

    @Override
    public long[] longs() {
        return next(long[].class);
    }

    @Override
    public int[] ints() {
        return next(int[].class);
    }
}
