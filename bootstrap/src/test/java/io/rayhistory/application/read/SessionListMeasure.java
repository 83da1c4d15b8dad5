package io.rayhistory.application.read;

import io.rayhistory.adapters.azureblob.AzureBlobObjectStore;
import io.rayhistory.adapters.azureblob.AzureBlobSettings;
import io.rayhistory.adapters.azureblob.TimeBudgets;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.failure.Outcome;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What a page of many sessions costs on a blob store that listens on this machine, without and with the session index:
 * PORT SESSIONS DAYS, with Azurite on that port. Makes the sessions (their markers) in a container of
 * their own, as RayJobs make them: one cluster for each.
 */
final class SessionListMeasure {
    private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String ROOT = "ray";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'session_'yyyy-MM-dd_HH-mm-ss_SSSSSS'_'", Locale.ROOT);
    private static final int PAGE = 100;

    private final String container;
    private final int sessions;
    private final int days;

    private SessionListMeasure(String container, int sessions, int days) {
        this.container = container;
        this.sessions = sessions;
        this.days = days;
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int sessions = Integer.parseInt(args[1]);
        SessionListMeasure measure = new SessionListMeasure("list-" + sessions + "-" + args[2], sessions, Integer.parseInt(args[2]));
        try (ObjectStore store = measure.store(port); RequestCounter counter = new RequestCounter(port)) {
            measure.fill(store);
            System.out.println("| index | question | requests | cold s | warm s (median of 5) |");
            System.out.println("|---|---|---|---|---|");
            measure.ask("without", port, counter);
            measure.index(store);
            measure.ask("with", port, counter);
        }
    }

    private ObjectStore store(int port) {
        Map<String, String> values = Map.of("azureContainer", container, "azureConnectionString", "DefaultEndpointsProtocol=http;"
                + "AccountName=devstoreaccount1;AccountKey=" + KEY + ";BlobEndpoint=http://127.0.0.1:" + port + "/devstoreaccount1;");
        return new AzureBlobObjectStore(AzureBlobSettings.of(key -> values.getOrDefault(key, ""), TimeBudgets.collector(), true, Map.of(), "",
                warning -> { }), Clock.systemUTC());
    }

    private SessionKey key(int number) {
        Random random = new Random(number);
        LocalDateTime start = LocalDateTime.of(2026, 11, 22, 0, 0).minusDays(number % days).plusSeconds(random.nextInt(86_400));
        return new SessionKey(ClusterRef.of("team-" + number % 7, "job-" + number + "-raycluster-x7k2p", "rayjob", "job-" + number),
                NAME.format(start) + (1_000 + number % 30_000));
    }

    private void fill(ObjectStore store) throws InterruptedException {
        if (store.list(ROOT + "/").hasNext()) {
            System.out.println("container " + container + " is filled already");
            return;
        }
        long begin = System.nanoTime();
        StorageLayout layout = StorageLayout.clusterHistory(ROOT + "/");
        ExecutorService threads = Executors.newFixedThreadPool(32);
        for (int i = 0; i < sessions; i++) {
            SessionKey key = key(i);
            threads.execute(() -> {
                store.put(layout.marker(key), InputStream.nullInputStream());
            });
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.HOURS);
        System.out.printf("filled %s with %d sessions of %d days in %.0f s%n", container, sessions, days, (System.nanoTime() - begin) / 1e9);
    }

    private void index(ObjectStore store) {
        Map<String, List<IndexedSession>> byDay = new TreeMap<>();
        for (int i = 0; i < sessions; i++) {
            long start = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
            IndexedSession session = new IndexedSession(key(i), "0123456789abcdef0123456789abcdef", 1, new SessionSummary(start, start + 3_600_000,
                    "2.60.0", 2 + i % 9, 1, i % 20_000, i % 50, i % 3, Outcome.values()[i % 4]));
            byDay.computeIfAbsent(session.day(), day -> new ArrayList<>()).add(session);
        }
        long begin = System.nanoTime();
        try (IndexObjects objects = new IndexObjects(store, ROOT)) {
            IndexMerger merger = new IndexMerger(objects, Clock.systemUTC());
            byDay.forEach((day, rows) -> merger.put(day, rows, any -> true));
        }
        System.out.printf("wrote %d objects of days in %.1f s%n", byDay.size(), (System.nanoTime() - begin) / 1e9);
    }

    private void ask(String index, int port, RequestCounter counter) throws Exception {
        SessionDirectory.Query newest = SessionDirectory.Query.newest(PAGE);
        SessionDirectory.Query busiest = new SessionDirectory.Query("", "", Set.of(), Instant.MIN, Instant.MAX,
                SessionDirectory.SortField.ATTEMPTS, true, PAGE, "");
        SessionDirectory.Query failed = new SessionDirectory.Query("", "team-3", Set.of(Outcome.FAILED), Instant.MIN, Instant.MAX,
                SessionDirectory.SortField.START, true, PAGE, "");
        for (Map.Entry<String, SessionDirectory.Query> question : List.of(Map.entry("newest 100", newest), Map.entry("most attempts", busiest),
                Map.entry("failed of one namespace", failed))) {
            double cold;
            double[] warm = new double[5];
            long first;
            try (ObjectStore store = store(port); HistoryReader reader = reader(store)) {
                cold = seconds(reader, question.getValue());
                for (int i = 0; i < warm.length; i++) {
                    warm[i] = seconds(reader, question.getValue());
                }
            }
            try (ObjectStore store = store(counter.port()); HistoryReader reader = reader(store)) {
                counter.taken();
                SessionDirectory.Page page = reader.sources().directory().list(question.getValue());
                first = counter.taken();
                check(index, page, question.getValue());
                reader.sources().directory().list(question.getValue());
            }
            java.util.Arrays.sort(warm);
            System.out.printf(Locale.ROOT, "| %s | %s | %d, then %d | %.2f | %.2f |%n", index, question.getKey(), first, counter.taken(), cold, warm[2]);
        }
    }

    private void check(String index, SessionDirectory.Page page, SessionDirectory.Query query) {
        boolean figures = index.equals("with");
        long expected = query.outcomes().isEmpty() ? Math.min(PAGE, sessions) : figures ? Math.min(PAGE, page.total()) : 0;
        if (page.stored() != sessions || page.rows().size() != expected
                || page.rows().stream().anyMatch(row -> row.summary().isPresent() != figures)) {
            throw new AssertionError(index + " index: " + page.stored() + " sessions, " + page.rows().size() + " rows");
        }
    }

    private static double seconds(HistoryReader reader, SessionDirectory.Query query) {
        long begin = System.nanoTime();
        reader.sources().directory().list(query);
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Looks for no sessions without marker: that goes on behind the list's back, a request for each folder. */
    private static HistoryReader reader(ObjectStore store) {
        return HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                new ReaderSettings(ROOT, Duration.ZERO, SessionCacheSettings.defaults(), Clock.systemUTC()));
    }
}
