package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code rayhistory collect}: stands beside a Ray node until it is told to stop. */
@Command(name = "collect", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        abbreviateSynopsis = true, sortOptions = false,
        header = "Collects the history of a Ray node while it lives.",
        description = {"%nRuns as a sidecar in every Ray pod: takes in the events Ray exports, ships the node's logs, on the head also "
                + "keeps a few answers of the dashboard. Takes the flags and variables of KubeRay's collector; a [VARIABLE] "
                + "that is not empty wins over the flag, as there.%n"},
        footer = {"%nExit codes: 0 everything is stored, 1 refused or failed, 2 misuse, 3 stopped with bytes unsent."})
final class CollectCommand implements Callable<Integer> {
    private static final int UNSENT = 3;
    private static final long SUMMARY_SECONDS = 60;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    CollectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CollectorPlan plan = plan();
        StopSignals signals = StopSignals.listen();
        try (Closing open = new Closing(false)) {
            open.add(plan.source().store());
            CollectorWiring collector = new CollectorWiring(plan, open);
            signals.onSecond(collector::hurry);
            terminal.say("Collecting " + plan.describe());
            terminal.say("Ready: " + (collector.eventsAddress().isEmpty() ? "logs only" : collector.eventsAddress()));
            signals.await(collector::summarise, SUMMARY_SECONDS);
            long unsent = collector.stop();
            if (unsent > 0) {
                terminal.complain(unsent + " bytes are unsent; they wait in " + plan.spool() + " and in Ray's folder for the next start");
            }
            return unsent > 0 ? UNSENT : 0;
        } finally {
            signals.end();
        }
    }

    /** Everything that can be refused, before anything is begun. */
    private CollectorPlan plan() {
        try {
            return CollectorPlan.of(CollectOptions.read(spec, terminal), terminal);
        } catch (CollectValues.Misuse e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (HistoryException e) {
            if (e.kind() != HistoryException.Kind.INVALID) {
                throw e;
            }
            throw new Refused(e);
        }
    }

    /** Settings that make no sense together are a failure, exit code 1, as in the Go collector; misuse is 2 there as here. */
    static final class Refused extends RuntimeException {
        Refused(HistoryException why) {
            super(why.getMessage(), why);
        }
    }
}
