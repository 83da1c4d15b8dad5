package io.rayhistory.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command said, and its exit code. */
record Said(int code, String out, String err) {

    static Said by(String... arguments) {
        return with(Map.of(), arguments);
    }

    static Said with(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new Terminal(new PrintWriter(out), new PrintWriter(err), environment), arguments);
        return new Said(code, out.toString(), err.toString());
    }
}
