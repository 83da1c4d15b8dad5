package io.rayhistory.domain.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class FunctionDescriptorTest {

    @ParameterizedTest
    @CsvSource({
        "PYTHON, '', t, t",
        "PYTHON, '', outer.<locals>.inner, inner",
        "PYTHON, Counter, inc, Counter.inc",
        "PYTHON, make.<locals>.Counter, Counter.inc, Counter.inc",
        "JAVA, com.example.App, run, com.example.App.run",
        "CPP, Counter, Counter::Inc, Counter::Inc",
        "'', '', '', ''"
    })
    void callNameIsWhatRayShows(String language, String className, String functionName, String shown) {
        assertEquals(shown, new FunctionDescriptor(language, className, functionName).callName());
    }
}
