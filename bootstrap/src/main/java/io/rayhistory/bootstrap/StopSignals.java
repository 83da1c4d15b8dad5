package io.rayhistory.bootstrap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as events instead of the beginning of the JVM's end: a collector has to go on for a while, can be told
 * to hurry by a second signal, and has an exit code to return. Shutdown hooks can do none of these. The JVM's own class
 * for it ({@code sun.misc.Signal}) compiles only with a warning that cannot be silenced, hence the reflection; where it
 * is missing, a shutdown hook takes the first signal.
 */
final class StopSignals {
    private static final System.Logger LOG = System.getLogger(StopSignals.class.getName());

    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Runnable hurry = () -> { };

    /** Begins to listen. The JVM ends no more by itself when it gets one of the signals. */
    static StopSignals listen() {
        StopSignals signals = new StopSignals();
        try {
            signals.handle("TERM");
            signals.handle("INT");
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "signals cannot be handled, using a shutdown hook", e);
            Runtime.getRuntime().addShutdownHook(new Thread(signals::stopAndWait, "shutdown"));
        }
        return signals;
    }

    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return objectMethod(method.getName(), proxy, arguments);
            }
            stop();
            return null;
        });
        try {
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("signal " + name, e.getCause()); // the JVM was told to keep it (-Xrs)
        }
    }

    private static Object objectMethod(String name, Object proxy, Object[] arguments) {
        return switch (name) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "stop signals";
        };
    }

    private void stopAndWait() {
        stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first call stops, every later one hurries. */
    void stop() {
        if (first.getCount() == 0) {
            hurry.run();
        }
        first.countDown();
    }

    /** Waits for the first signal, or until this thread is interrupted. @param every is run once a period while waiting */
    void await(Runnable every, long seconds) {
        try {
            while (!first.await(seconds, TimeUnit.SECONDS)) {
                every.run();
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "somebody in this process wants the command to end");
        }
    }

    /** What a second signal does. Must return soon. */
    void onSecond(Runnable action) {
        hurry = action;
    }

    /** Everything is done; the process may end. */
    void end() {
        ended.countDown();
    }
}
