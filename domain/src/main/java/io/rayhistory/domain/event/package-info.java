/** What Ray exported: one record per event type, ids in normal form, times in nanoseconds since the epoch. */
package io.rayhistory.domain.event;
