package io.rayhistory.application.collect;

import io.rayhistory.application.port.DashboardCodec;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands the few answers that tests here write: flat objects without blanks, all values texts. */
final class PlainDashboardCodec implements DashboardCodec {
    private static final Pattern OBJECT = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");

    @Override
    public List<JobRow> jobs(InputStream answer) throws IOException {
        return rows(answer).stream().map(row -> new JobRow(row.getOrDefault("job_id", ""), row.getOrDefault("status", ""))).toList();
    }

    @Override
    public List<NodeRow> nodes(InputStream answer) throws IOException {
        return rows(answer).stream().map(row -> new NodeRow(row.get("node_id"), row.get("node_ip"), row.get("state"),
                Long.parseLong(row.getOrDefault("start", "0")))).toList();
    }

    @Override
    public boolean lacks(String member, InputStream answer) throws IOException {
        String text = text(answer);
        if (!text.startsWith("{")) {
            throw new HistoryException(HistoryException.Kind.CORRUPT, "no JSON");
        }
        return !text.contains("\"" + member + "\":") || text.contains("\"" + member + "\":{}") || text.contains("\"" + member + "\":[]");
    }

    @Override
    public Map<String, String> fields(InputStream answer) throws IOException {
        return fields(text(answer));
    }

    @Override
    public byte[] write(Map<String, String> fields) {
        StringJoiner text = new StringJoiner(",", "{", "}");
        fields.forEach((name, value) -> text.add("\"" + name + "\":\"" + value + "\""));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Map<String, String>> rows(InputStream answer) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        Matcher object = OBJECT.matcher(text(answer));
        while (object.find()) {
            rows.add(fields(object.group(1)));
        }
        return rows;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
        return fields;
    }

    private static String text(InputStream answer) throws IOException {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
}
