package io.rayhistory.adapters.http.json;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RuntimeEnvJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'env_vars':{'A':'x','B':''},'pip':['a']}|{'env_vars':{'A':'<redacted>','B':'<redacted>'},'pip':['a']}",
        "{'a':{'env_vars':{'A':{'deep':1}}}}|{'a':{'env_vars':{'A':'<redacted>'}}}",
        "{'a':[{'env_vars':null},{'b':1}]}|{'a':[{'env_vars':'<redacted>'},{'b':1}]}",
        "{'env_vars':['x']}|{'env_vars':'<redacted>'}", "{}|{}", "{'env_vars':{}}|{'env_vars':{}}",
        "nonsense|<redacted>", "{'a':|<redacted>"})
    void valuesOfEnvironmentVariablesAreHidden(String given, String shown) {
        assertEquals(Json.quoted(shown), RuntimeEnvJson.text(Json.quoted(given), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'env_vars':{'A':'x'}}|{'env_vars':{'A':'x'}}", "``|{}",
        "nonsense|{}", "[1]|{}", "{'a':|{}", "{'a':1}x|{}", "{'a':1.5}|{'a':1.5}"})
    void objectIsShownAndAnythingElseIsEmpty(String given, String shown) {
        assertEquals(Json.quoted(shown),
                Json.of(out -> RuntimeEnvJson.writeObject(out, Json.quoted(given), false)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"``", "nonsense", "{'env_vars':{'A':'x'}}"})
    void textIsLeftAloneWithoutRedaction(String given) {
        assertEquals(given, RuntimeEnvJson.text(given, false));
    }
}
