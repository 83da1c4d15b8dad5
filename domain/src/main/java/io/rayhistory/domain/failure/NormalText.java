package io.rayhistory.domain.failure;

import java.util.regex.Pattern;

/**
 * What two messages of one cause have in common: everything but the numbers, ids, addresses, times and places. Every
 * pattern reads its text once: possessive, or bounded.
 */
final class NormalText {
    static final int LONGEST = 300;
    /** Far more than is kept, so that nothing that is kept depends on the cut. */
    private static final int LOOKED_AT = 8 * 1024;

    /** @param needs a character that whatever matches has; most texts lack it, and are not searched */
    private record Rule(String needs, Pattern pattern, String replacement) {
        static Rule of(String needs, String regex, String replacement) {
            return new Rule(needs, Pattern.compile(regex), replacement);
        }
    }

    private static final String HEX = "[0-9a-fA-F]";
    private static final Rule[] RULES = {
        Rule.of("\u001b", "\u001b\\[[0-?]*+[ -/]*+[@-~]|\u001b\\][^\u0007\u001b]*+(?:\u0007|\u001b\\\\)?+", ""),
        Rule.of("", "[\\p{Cntrl}&&[^\\s]]++", ""),
        Rule.of("-", "\\b" + HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{12}\\b", "<uuid>"),
        Rule.of("0", "\\b0[xX]" + HEX + "++", "<addr>"),
        Rule.of("", "\\b(?=[a-fA-F]*+[0-9])" + HEX + "{8,}+\\b", "<id>"),
        Rule.of(".", "\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5}+)?+\\b", "<ip>"),
        Rule.of(":", "\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d++)?+(?:Z|[+-]\\d\\d:?\\d\\d)?+", "<time>"),
        Rule.of("/", "/(?:[^\\s/'\"():,]++/)++([^\\s/'\"():,]*+)", "$1"),
        Rule.of("=", "\\bpid=\\d++", "pid=<n>"),
        Rule.of("", "(?<!\\w)\\d++(?:\\.\\d++)*+(?!\\w)", "<n>"),
        Rule.of("'", "'[^']{41,}+'", "'<text>'"),
        Rule.of("\"", "\"[^\"]{41,}+\"", "\"<text>\""),
        Rule.of("", "\\s++", " "),
    };

    private NormalText() {
    }

    static String of(String message) {
        String text = message.length() > LOOKED_AT ? message.substring(0, LOOKED_AT) : message;
        for (Rule rule : RULES) {
            if (text.contains(rule.needs())) {
                text = rule.pattern().matcher(text).replaceAll(rule.replacement());
            }
        }
        text = text.strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
