package io.rayhistory.domain.failure;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Texts as Ray 2.60 recorded them. */
class RootCauseTest {
    private static final String OWN = """
              File "/opt/app/work1.py", line 32, in __init__
                def __init__(self): raise RuntimeError("broken ctor")
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """;
    private static final String LIBRARY = """
              File "/opt/ray/lib/python3.11/site-packages/ray/util/tracing/tracing_helper.py", line 487, in _resume_span
                return method(self, *_args, **_kwargs)
            """;

    private static RootCause cause(String text) {
        return RootCause.of(Traceback.parse(text)).orElseThrow();
    }

    private static void assertCause(String exceptionClass, String message, String function, String file, int line, String text) {
        RootCause cause = cause(text);
        assertEquals(exceptionClass, cause.exceptionClass());
        assertEquals(message, cause.message());
        assertEquals(function, cause.function());
        assertEquals(file, cause.file());
        assertEquals(line, cause.line());
    }

    @Test
    void anExceptionOfATask() {
        assertCause("RuntimeError", "flaky 1", "flaky", "work1.py", 13, """
                User exception:
                ray::flaky() (pid=20629, ip=192.0.2.2)
                  File "/opt/app/work1.py", line 13, in flaky
                    if n<2: raise RuntimeError("flaky %d"%n)
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                RuntimeError: flaky 1""");
    }

    @Test
    void aConstructorsFailureIsTheSameForItselfAndForItsCallers() {
        String creation = "CreationTaskError: User exception:\nray::Broken.__init__() (pid=20805, repr=<work1.Broken object>)\n"
                + "           ^^^^^^^^^\n" + OWN + "RuntimeError: broken ctor\n\nSystem error:\nCreationTaskError: Exception raised from"
                + " an actor init method. Traceback: The actor died because of an error raised in its creation task\n" + OWN
                + "RuntimeError: broken ctor";
        String call = "Traceback (most recent call last):\n\n  File \"python/ray/_raylet.pyx\", line 2198, in ray._raylet.execute_task\n\n"
                + LIBRARY + "\n" + OWN + "\nRuntimeError: broken ctor\n\n\nDuring handling of the above exception, another exception"
                + " occurred:\n\n\nTraceback (most recent call last):\n\n  File \"python/ray/_raylet.pyx\", line 995, in"
                + " ray._raylet.store_task_errors\n\nray.exceptions.ActorDiedError: The actor died because of an error raised in its"
                + " creation task, ray::Broken.__init__()\n           ^^^^^\n" + OWN + "RuntimeError: broken ctor\n";
        assertCause("RuntimeError", "broken ctor", "__init__", "work1.py", 32, creation);
        assertCause("RuntimeError", "broken ctor", "__init__", "work1.py", 32, call);
    }

    @Test
    void theFirstOfAChainWithAnOwnFrameIsTheRoot() {
        assertCause("KeyError", "'a'", "read", "load.py", 3, """
                Traceback (most recent call last):
                  File "/app/load.py", line 3, in read
                    return d["a"]
                KeyError: 'a'

                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "/app/load.py", line 9, in main
                    raise ValueError("no a") from e
                ValueError: no a
                """);
        assertCause("app.errors.Bad", "later", "mine", "x.py", 4, LIBRARY + "OSError: inside a library\n\nDuring handling of the above"
                + " exception, another exception occurred:\n\n  File \"/app/x.py\", line 4, in mine\n    bad()\napp.errors.Bad: later");
    }

    @Test
    void whatRayWrapsAroundATaskIsTakenOff() {
        assertCause("ValueError", "boom 1", "inner", "x.py", 9, """
                ray::outer() (pid=1, ip=10.0.0.1)
                  File "/app/x.py", line 5, in outer
                    ray.get(inner.remote())
                ray.exceptions.RayTaskError(ValueError): ray::inner() (pid=2, ip=10.0.0.1)
                  File "/app/x.py", line 9, in inner
                    raise ValueError("boom 1")
                ValueError: boom 1""");
        assertEquals("ValueError", cause("RayTaskError(ValueError): something").exceptionClass());
    }

    @Test
    void withoutAnOwnFrameTheInnermostOneTells() {
        assertCause("OSError", "no space", "_resume_span", "tracing_helper.py", 487, "  File \"<frozen runpy>\", line 1, in run\n"
                + LIBRARY + "OSError: no space\n");
    }

    @Test
    void severalLinesOfAMessageCountAsTheFirst() {
        assertCause("ValueError", "first", "f", "x.py", 1,
                "  File \"/app/x.py\", line 1, in f\n    g()\nValueError: first\nsecond: line\nThird: line\n");
    }

    @Test
    void transportAndEmptyTextsAreNoExceptions() {
        for (String text : List.of("", " ", "RpcError: RPC error: Socket closed rpc_code: 14",
                "The actor is temporarily unavailable: RpcError: RPC error: Socket closed rpc_code: 14",
                "Task failed because the node it was running on is dead or unavailable. Node IP: 127.0.0.2",
                "Job finishes (02000000) as driver exits. Marking all non-terminal tasks as failed.")) {
            assertEquals(Optional.empty(), RootCause.of(Traceback.parse(text)), text);
        }
    }

    @Test
    void framesKnowWhoseTheyAre() {
        Traceback traceback = Traceback.parse(LIBRARY + OWN + "RuntimeError: x");
        assertEquals(List.of(false, true), traceback.parts().stream().filter(p -> p.kind() == Traceback.Kind.FRAME)
                .map(Traceback.Part::own).toList());
    }

    @Test
    void allPartsTogetherAreTheTextAgain() {
        List<String> pieces = List.of("User exception:", "ray::f() (pid=1)", "  File \"/a/b.py\", line 3, in f", "    code()", "", " ",
                "ValueError: x", "Traceback (most recent call last):", "During handling of the above exception, another exception occurred:",
                "RayTaskError(ValueError): y", "plain words", "\tFile", "  File \"broken", "KeyError", "a.b.C: d", "\u001b", ":", "\r");
        for (long seed = 1; seed <= 300; seed++) {
            Random dice = new Random(seed);
            String text = dice.ints(dice.nextInt(30), 0, pieces.size()).mapToObj(pieces::get).collect(Collectors.joining("\n"));
            Traceback traceback = Traceback.parse(text);
            assertEquals(text, traceback.parts().stream().flatMap(part -> part.lines().stream()).collect(Collectors.joining("\n")),
                    "seed " + seed);
            RootCause.of(traceback).ifPresent(root ->
                    assertEquals(Traceback.Kind.EXCEPTION, traceback.parts().get(root.part()).kind()));
        }
    }

    @Test
    void aMillionCharactersAreReadInOnePass() {
        assertTrue(Traceback.parse("x".repeat(1_000_000)).cut());
        assertFalse(Traceback.parse("x".repeat(Traceback.LONGEST)).cut());
        for (String nasty : List.of("\n", "a.", " File \"", "A(", "  File \"x\", line 1, in ", "\u001b", "A.A", "ValueError: ", "_")) {
            RootCause.of(Traceback.parse(nasty.repeat(1_000_000 / nasty.length())));
        }
    }
}
