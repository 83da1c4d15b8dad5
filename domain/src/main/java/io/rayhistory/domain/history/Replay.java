package io.rayhistory.domain.history;

import io.rayhistory.domain.event.RayEvent;

/** stub */
public final class Replay {
    public Replay(String sessionName) { }
    public void add(RayEvent event) { throw new AssertionError(); }
    public void add(LogEvent event) { throw new AssertionError(); }
    public void add(LogFile file) { throw new AssertionError(); }
    public void add(SubmissionTrace trace) { throw new AssertionError(); }
    public void add(PlacementGroup stored) { throw new AssertionError(); }
    public SessionHistory freeze() { throw new AssertionError(); }
}
