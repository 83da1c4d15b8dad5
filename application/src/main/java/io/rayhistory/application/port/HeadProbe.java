package io.rayhistory.application.port;

/** Asks the dashboard of a live cluster which session it runs. Thread-safe. */
public interface HeadProbe {

    /**
     * One question, answered or given up within a few seconds. Connects only to addresses that the settings allow; never
     * throws for what the cluster does or fails to do.
     *
     * @return Known or Unreachable
     */
    RunningSession ask(LiveCluster cluster);
}
