package io.rayhistory.domain.query;

import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.Worker;

import java.util.List;

/**
 * Lists workers. Ray's source takes one filter, {@code is_alive=True} spelled so; {@code total} still counts all, and
 * dead workers are missing in {@code numAfterTruncation}, as if they had been cut.
 */
final class WorkerList {
    private static final Columns<Worker> COLUMNS = Columns.<Worker>builder()
            .text("worker_id", Worker::workerId)
            .bool("is_alive", Worker::alive)
            .text("worker_type", Worker::type)
            .textOrNull("exit_type", Worker::exitType)
            .text("node_id", Worker::nodeId)
            .text("ip", Worker::ipAddress)
            .number("pid", Worker::pid)
            // Of Ray's debugger, which no event tells of.
            .number("debugger_port", worker -> null)
            .number("num_paused_threads", worker -> null)
            .build();
    private static final String GUESSED = "This session has no worker events (Ray exports them since 2.58): workers are "
            + "those that tasks and log file names tell of, without times, and whether they still ran is a guess.";
    private static final Listing<Worker> LISTING = new Listing<>("worker", COLUMNS, Worker::startTimeMs,
            worker -> worker.provenance() == Provenance.UNFINISHED);

    private WorkerList() {
    }

    /** @param workers sorted by id */
    static Page<Worker> page(List<Worker> workers, List<Filter> filters, int limit, long recordEndNs) {
        boolean aliveOnly = filters.stream().anyMatch(filter ->
                filter.equal() && filter.column().equals("is_alive") && filter.value().equals("True"));
        List<Worker> delivered = aliveOnly ? workers.stream().filter(Worker::alive).toList() : workers;
        Page<Worker> page = LISTING.page(workers.size(), delivered, filters, limit, recordEndNs);
        return workers.stream().anyMatch(WorkerList::isGuessed) ? page.withWarning(GUESSED) : page;
    }

    /** Derived drivers are INFERRED too, but their times are known. */
    private static boolean isGuessed(Worker worker) {
        return worker.provenance() == Provenance.INFERRED && !worker.type().equals("DRIVER");
    }
}
