package io.rayhistory.adapters.http;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SessionChoiceTest {
    @RegisterExtension
    static final SampleServer server = SampleServer.start(settings -> settings);

    @Test
    void clustersListsTheStoredSessions() throws Exception {
        assertEquals("[{\"name\":\"demo\",\"namespace\":\"default\",\"sessionName\":\"" + SampleServer.SESSION
                + "\",\"createTime\":\"2026-11-22T20:21:16.964865Z\",\"createTimeStamp\":1795378876,\"base\":\""
                + SampleServer.BASE + "/\"}]", server.get("/clusters").body());
    }

    @Test
    void clustersCanBeFilteredAndCutAndTellsTheTotal() throws Exception {
        assertEquals("[]", server.get("/clusters?namespace=other").body());
        HttpResponse<String> cut = server.get("/clusters?limit=0");
        assertEquals("[]", cut.body());
        assertEquals("1", cut.headers().firstValue("X-Total-Count").orElse(""));
        assertEquals(400, server.get("/clusters?limit=x").statusCode());
    }

    @Test
    void enteringAClusterSetsCookiesThatSelectItAtTheRoot() throws Exception {
        HttpResponse<String> entered = server.get("/enter_cluster/default/raycluster/demo");
        assertEquals("{\"result\":\"success\",\"name\":\"demo\",\"namespace\":\"default\",\"session\":\"" + SampleServer.SESSION
                + "\",\"base\":\"" + SampleServer.BASE + "/\"}", entered.body());
        List<String> cookies = entered.headers().allValues("Set-Cookie");
        assertEquals(5, cookies.size());
        cookies.forEach(c -> assertTrue(c.endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"), c));
        String sent = cookies.stream().map(c -> c.substring(0, c.indexOf(';'))).collect(Collectors.joining("; "));
        HttpResponse<String> jobs = server.get("/api/jobs/", "Cookie", sent);
        assertEquals(server.get(SampleServer.BASE + "/api/jobs/").body(), jobs.body());
        assertEquals(5, jobs.headers().allValues("Set-Cookie").size(), "cookies are refreshed");
    }

    @ParameterizedTest
    @CsvSource({"/enter_cluster/default/pod/demo,400", "/enter_cluster/default/raycluster/demo/nonsense,400",
        "/enter_cluster/default/raycluster/demo/session_x,404", "/enter_cluster/default/raycluster/other,404",
        "/enter_cluster/default/raycluster/demo/live,404", "/enter_cluster/default/raycluster/demo/default,200",
        "/enter_cluster/default/raycluster/demo/latest,200", "/enter_cluster/default/raycluster/demo/session_..%2f,400"})
    void enteringAnswersJson(String path, int status) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith(status == 200 ? "{\"result\":\"success\"" : "{\"result\":false"), answer.body());
    }

    @ParameterizedTest
    @CsvSource({"/api/jobs/", "/nodes?view=summary", "/api/v0/tasks", "/api/version"})
    void rootWithoutASelectionIs400Json(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"result\":false,\"msg\":\"select a cluster first"), answer.body());
    }

    @Test
    void singleSessionIsServedAtTheRoot() throws Exception {
        SessionKey key = new SessionKey(ClusterRef.plain("default", "demo"), SampleServer.SESSION);
        try (SampleServer single = SampleServer.start(settings -> settings.withSingleSession(key))) {
            assertEquals(server.get(SampleServer.BASE + "/api/jobs/").body(), single.get("/api/jobs/").body());
            assertEquals(single.get(SampleServer.BASE + "/api/jobs/").body(), single.get("/api/jobs/").body());
            assertEquals("./sessions/default/demo@raycluster/" + SampleServer.SESSION, single.get("/").headers().firstValue("Location").orElse(""));
            assertEquals("./sessions", single.get("/select_cluster").headers().firstValue("Location").orElse(""));
        }
    }

    @Test
    void withoutPagesThereIsOnlyTheApi() throws Exception {
        for (String path : List.of("/", "/sessions", "/assets/x/js/main.js")) {
            assertEquals(404, server.get(path).statusCode(), path);
        }
    }

    @Test
    void pageOfASessionNeedsItsSlashAndItsRealName() throws Exception {
        assertEquals("./" + SampleServer.SESSION + "/", redirect(SampleServer.BASE));
        assertEquals("./" + SampleServer.SESSION + "/", redirect("/s/default/demo/latest"));
        assertEquals("../" + SampleServer.SESSION + "/", redirect("/s/default/demo/latest/"));
        assertEquals("../../../../sessions/default/demo/" + SampleServer.SESSION, redirect(SampleServer.BASE + "/"), "no web client: our own page");
    }

    private static String redirect(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertEquals(302, answer.statusCode());
        return answer.headers().firstValue("Location").orElse("");
    }
}
