package io.rayhistory.bootstrap;

import java.io.PrintWriter;
import java.util.Map;

/** What a command has of the world around it: where to print, and the environment. Read once, by {@link Main}. */
record Terminal(PrintWriter out, PrintWriter err, Map<String, String> environment) {

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A remark that is no part of the result. */
    void note(String line) {
        err.println(line);
        err.flush();
    }

    void warn(String line) {
        note("rayhistory: warning: " + line);
    }

    void complain(String line) {
        note("rayhistory: " + line);
    }
}
