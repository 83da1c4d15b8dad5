package io.rayhistory.application.read;

import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.util.Iterator;

/** A store whose listings break after some entries, as when a page in the middle cannot be had. Counts what is asked. */
final class BrokenListings extends ForwardingObjectStore {
    int breakAfter = Integer.MAX_VALUE;
    int listings;

    BrokenListings(ObjectStore store) {
        super(store);
    }

    private <T> Iterator<T> breaking(Iterator<T> entries) {
        listings++;
        return new Iterator<>() {
            private int left = breakAfter;

            @Override
            public boolean hasNext() {
                if (left == 0) {
                    throw HistoryException.unavailable("page 3 of 5 could not be had", null);
                }
                return entries.hasNext();
            }

            @Override
            public T next() {
                left--;
                return entries.next();
            }
        };
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return breaking(super.list(prefix));
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return breaking(super.listFolder(prefix));
    }
}
