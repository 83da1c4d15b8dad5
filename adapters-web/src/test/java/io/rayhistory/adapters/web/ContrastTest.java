package io.rayhistory.adapters.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Recomputes the contrasts of the colours that stand on one another, from the style sheet that ships. */
class ContrastTest {
    private static final Pattern TOKEN = Pattern.compile("--([a-z-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");
    private static final Map<String, String[]> TOKENS = read();

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({"text,bg panel raise sel open-bg infer-bg mark,4.5", "dim,bg panel raise sel,4.5", "link,bg panel raise sel,4.5",
        "fail,fail-bg bg panel raise sel,4.5", "ok,ok-bg bg panel,4.5", "open,open-bg bg panel,4.5", "infer,infer-bg bg panel,4.5",
        "text,span-ok span-open,4.5", "bg,span-fail,4.5", "span-fail,bg panel,3", "dim,bg raise,3",
        "ansi-black,panel bg,4.5", "ansi-red,panel bg,4.5", "ansi-green,panel bg,4.5", "ansi-yellow,panel bg,4.5", "ansi-blue,panel bg,4.5",
        "ansi-magenta,panel bg,4.5", "ansi-cyan,panel bg,4.5", "ansi-white,panel bg,4.5"})
    void textCanBeRead(String text, String grounds, double least) {
        for (String ground : grounds.split(" ")) {
            for (int theme = 0; theme < 2; theme++) {
                double ratio = contrast(TOKENS.get(text)[theme], TOKENS.get(ground)[theme]);
                assertTrue(ratio >= least, String.format("--%s on --%s in %s: %.2f", text, ground, theme == 0 ? "light" : "dark", ratio));
            }
        }
    }

    private static Map<String, String[]> read() {
        Map<String, String[]> tokens = new HashMap<>();
        try {
            Matcher found = TOKEN.matcher(Files.readString(Path.of("src/main/resources/io/rayhistory/adapters/web/css/tokens.css")));
            while (found.find()) {
                tokens.put(found.group(1), new String[] {found.group(2), found.group(3)});
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return tokens;
    }

    /** WCAG 2: relative luminances of sRGB. */
    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
