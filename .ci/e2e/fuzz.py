"""A bounded fuzz run over all routes and parameters, with a fixed seed: no 5xx, no stack trace, nothing from outside the store.

usage: fuzz.py [--seed N] [--requests N]
"""
import argparse
import http.client
import json
import os
import random
import re
import sys
import urllib.parse

from checks import Checks, Recording, session_base

PLANTED = "planted-outside-of-the-store-4711"
# What http-api documents: a dead session's GCS and Prometheus are not healthy, and only those two may say so.
HONEST_5XX = {"/api/gcs_healthz": {503}, "/api/prometheus_health": {500}}
TRACE = re.compile(r"\n\s+at [\w$./]+\([\w]+\.java|\bat io\.rayhistory\.|java\.(lang|util|io)\.\w+(Exception|Error)|Caused by:")

ROUTES = """/ /index.html /api/version /api/ray/version /timezone /api/v0/cluster_metadata /cluster_id /api/authentication_mode /usage_stats_enabled
/api/grafana_health /api/prometheus_health /api/prometheus/sd /api/profiling_enabled /api/v0/runtime_env_redaction /api/v0/platform_events
/api/component_activities /api/gcs_healthz /nodes /nodes/{node} /events /api/v0/cluster_events /api/cluster_status /api/jobs /api/jobs/
/api/jobs/{job} /api/jobs/{job}/logs /api/jobs/{job}/logs/tail /logical/actors /logical/actors/{actor} /api/serve/applications/
/api/data/datasets/{job} /api/train/v2/runs/v1 /api/train/v2/runs /api/v0/tasks /api/v0/actors /api/v0/nodes /api/v0/jobs /api/v0/workers
/api/v0/placement_groups /api/v0/objects /api/v0/runtime_envs /api/v0/tasks/summarize /api/v0/actors/summarize /api/v0/objects/summarize
/api/v0/tasks/timeline /api/v0/logs /api/v0/logs/file /api/v0/logs/stream /api/v0/delay/5 /test/dump /task/traceback /worker/cpu_profile
/memory_profile /api/packages/gcs/x.zip /api/healthz /api/snapshot /logs /static/js/x.js""".split()
OUTSIDE = """/ /clusters /livez /readz /readyz /metrics /enter_cluster/{ns}/raycluster/{cluster}/{session} /enter_cluster/{ns}/rayjob/{cluster}
/s/{ns}/{cluster}/{session}/ /s/{ns}/{cluster} /select_cluster /favicon.ico
/sessions /sessions/{ns}/{cluster}/{session}/tasks /assets/x/js/main.js /history/v1/dashboard""".split()
HISTORY = """/history/v1 /history/v1/sessions /history/v1/openapi.json {h} {h}/load {h}/failures {h}/failures/{key} {h}/failures/{key}/attempts {h}/tasks {h}/tasks
{h}/tasks/{task} {h}/actors {h}/actors/{actor} {h}/jobs {h}/jobs/{job} {h}/nodes {h}/placement-groups {h}/events {h}/timeline {h}/timeline/spans
{h}/timeline/trace {h}/logs {h}/logs/{node}/{file} {h}/log-lines/{node}/{file} {h}/log-find/{node}/{file} {h}/nothing""".split()
HISTORY_PARAMETERS = """limit cursor sort q ns outcome from to wait retry state fn name job node actor worker type error source group attempts a lines class
status severity sourceType format count task attempt download offset tail case regex""".split()
PARAMETERS = """limit detail timeout exclude_driver filter_keys filter_predicates filter_values summary_by job_id view format node_id node_ip
node_name filename task_id actor_id pid suffix attempt_number submission_id lines interval glob filter_ansi_code download_filename
download_file ids api_type namespace name kind nocache server_timeout_multiplier download owner media_type""".split()
HOSTILE = ["", "0", "-1", "1", "10000", "10001", "99999999999999999999", "NaN", "1e9", "true", "True", "null", "[]", "{}", "'", "\"", "<script>alert(1)</script>",
           "%", "%00", "\x00", "..", "../", "../../secret.txt", "..\\..\\secret.txt", "....//....//secret.txt", "/etc/passwd", "//etc/passwd",
           "file:///etc/passwd", "C:\\windows\\win.ini", "~root", "%2e%2e%2f%2e%2e%2fsecret.txt", "%252e%252e%252fsecret.txt", "\r\nX-Bad: 1", "\n",
           "*", "**", "**/*", "[", "[!a", "[a-", "?" * 200, "*" * 200, "a" * 5000, "ü", "\U0001f600", "\ud7ff", "=", "!=", "~", ">", "job_id", "state",
           "FAILED", "FINISHED", "DRIVER_TASK", "lineage", "func_name", "summary", "hostNameList", "out", "err", "worker", "raylet.out", "events/event_GCS.log",
           "logs", "live", "latest", "default", "session_latest", "${jndi:ldap://x}", "%s%n", "'; DROP TABLE tasks; --", "\u202e", "-0", "0x10", "+5", " 5 ", "５"]
METHODS = ["GET"] * 14 + ["HEAD"] * 3 + ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]


def quote(text, dice):
    """Mostly as a client would escape it, sometimes raw (what HTTP allows of it), sometimes escaped twice."""
    way = dice.random()
    if way < 0.7:
        return urllib.parse.quote(text, safe="")
    if way < 0.85:
        return urllib.parse.quote(urllib.parse.quote(text, safe=""), safe="")
    return re.sub(r"[\x00-\x20\x7f-\U0010ffff]", lambda found: urllib.parse.quote(found.group(0)), text)


class Target:
    """Makes requests from the names that exist and the values that should hurt."""

    def __init__(self, dice, base, live):
        self.dice, self.base = dice, urllib.parse.urlsplit(base).path
        ns, cluster, session = self.base.split("/")[2:5]
        self.known = {"ns": [ns], "cluster": [cluster], "session": [session, "latest"],
                      "node": [row["node_id"] for row in live.rows("/api/v0/nodes?limit=100")],
                      "job": ["raysubmit_demo", "raysubmit_fail", "02000000", "04000000"],
                      "actor": [row["actor_id"] for row in live.rows("/api/v0/actors")], "key": ["0497f0224e", "5cae1e47fa", "0000000000"],
                      "file": ["raylet.out", "gcs_server.out", "events/event_GCS.log"]}
        tasks = live.rows("/api/v0/tasks")
        self.known["task"] = [row["task_id"] for row in tasks]
        self.history = {"limit": ["1", "7", "1000"], "sort": ["start", "-end", "state", "name", "-duration"], "state": ["FAILED", "FAILED,RUNNING", "DEAD"],
                        "format": ["json", "binary"], "regex": ["1"], "case": ["0"], "q": ["a", "(a+)+$", "[", "\\p{L}+", "(?i)error", "x{1000}{1000}"],
                        "cursor": ["1.1.x", "5.100"], "wait": ["0", "1"], "lines": ["0", "40"], "attempts": ["all", "latest"], "count": ["1", "100"],
                        "task": self.known["task"], "attempt": ["0"], "offset": ["0", "5000"], "tail": ["3"], "outcome": ["failed", "open,failed"],
                        "from": ["0", "1795378876964", "2026-11-22T20:21:34Z"], "node": self.known["node"], "download": ["1"]}
        self.values = {"node_id": self.known["node"], "job_id": self.known["job"], "actor_id": self.known["actor"],
                       "task_id": [row["task_id"] for row in tasks], "filter_keys": ["job_id", "state", "name", "type", "node_id", "actor_id", "pid"],
                       "filter_predicates": ["=", "!="], "suffix": ["out", "err"], "summary_by": ["func_name", "lineage"], "detail": ["1", "True", "0"],
                       "filename": ["raylet.out", "gcs_server.out", "events/event_GCS.log", "job-driver-raysubmit_demo.log"], "glob": ["*", "**/*", "*.out"],
                       "submission_id": ["raysubmit_demo"], "lines": ["-1", "0", "10", "50000"], "limit": ["1", "100", "10000"], "format": ["1"],
                       "view": ["summary", "hostNameList", "details"], "ids": self.known["actor"]}

    def path(self):
        self.own = self.dice.random() < 0.35
        if self.own:
            template = self.dice.choice(HISTORY)
            own = "/history/v1/sessions/" + "/".join(self.segment(slot) if self.dice.random() < 0.05 else self.known[slot][0] for slot in ("ns", "cluster", "session"))
            return re.sub(r"\{(\w+)\}", lambda slot: own if slot.group(1) == "h" else self.segment(slot.group(1)), template), template
        outside = self.dice.random() < 0.15
        template = self.dice.choice(OUTSIDE if outside else ROUTES)
        path = re.sub(r"\{(\w+)\}", lambda slot: self.segment(slot.group(1)), template)
        if self.dice.random() < 0.05:
            path += "/" + quote(self.dice.choice(HOSTILE), self.dice)
        if outside:
            return path, template
        base = self.base
        if self.dice.random() < 0.1:
            parts = base.split("/")
            parts[self.dice.randrange(2, 5)] = quote(self.dice.choice(HOSTILE), self.dice)
            base = "/".join(parts)
        elif self.dice.random() < 0.05:
            base = ""
        return base + path, template

    def segment(self, slot):
        if self.dice.random() < 0.6:
            return self.dice.choice(self.known[slot])
        return quote(self.dice.choice(HOSTILE), self.dice)

    def query(self):
        pairs = []
        for _ in range(self.dice.choice([0, 1, 1, 2, 3, 3, 6])):
            name = self.dice.choice(HISTORY_PARAMETERS if self.own else PARAMETERS)
            sane = (self.history if self.own else self.values).get(name)
            value = self.dice.choice(sane) if sane and self.dice.random() < 0.6 else self.dice.choice(HOSTILE)
            pairs.append(name + ("=" + quote(value, self.dice) if self.dice.random() < 0.95 else ""))
        return "?" + "&".join(pairs) if pairs else ""

    def headers(self):
        headers = {}
        for name, values in (("Accept-Encoding", ["gzip", "identity", "*;q=0", "x" * 500]), ("Cookie", ["cluster_name=../..; session_name=..", "=;;=", "a" * 3000]),
                             ("Range", ["bytes=0-10", "bytes=5-1", "bytes=-"]), ("If-None-Match", ["*", "W/\"x\"", "\""]),
                             ("User-Agent", ["Mozilla/5.0", "python-requests/2"]), ("X-Forwarded-Host", ["evil.example"]), ("Content-Type", ["text/x"])):
            if self.dice.random() < 0.12:
                headers[name] = self.dice.choice(values)
        return headers


def verdict(template, status, headers, body):
    """What is wrong with an answer, or None."""
    if status >= 500 and status not in HONEST_5XX.get(template, ()):
        return f"status {status}"
    text = body.decode("utf-8", "replace")
    if TRACE.search(text):
        return "a stack trace"
    if PLANTED in text or re.search(r"^root:.*:0:0:", text, re.M):
        return "a file from outside of the store"
    if "X-Bad" in headers:
        return "a header of the client's making"
    if headers.get("Content-Type", "").startswith("text/html") and "<script>alert(1)" in text:
        return "a script of the client's making"
    return None


def verdict_finds():
    """The run above proves nothing if nothing could be found."""
    for bad in ((500, {}, b""), (200, {}, b"x\n\tat io.rayhistory.X.y(X.java:1)"), (200, {}, b"java.lang.NullPointerException"),
                (200, {}, PLANTED.encode()), (200, {}, b"a\nroot:x:0:0:root"), (302, {"X-Bad": "1"}, b""),
                (404, {"Content-Type": "text/html"}, b"no <script>alert(1)</script>")):
        assert verdict("/api/v0/tasks", *bad), f"not found: {bad}"
    assert verdict("/api/v0/tasks", 200, {"Content-Type": "application/json"}, b"{}") is None
    assert verdict("/api/gcs_healthz", 503, {}, b"") is None


def ask(connection, method, path, headers):
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    body = b'{"x": 1}' if method in ("POST", "PUT", "PATCH") else None
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def run(base, live, seed, count):
    dice = random.Random(seed)
    target = Target(dice, base, live)
    where = urllib.parse.urlsplit(base)
    statuses, wrong, connection = {}, [], None
    for number in range(count):
        path, template = target.path()
        request = (dice.choice(METHODS), path + target.query(), target.headers())
        try:
            connection = connection or http.client.HTTPConnection(where.hostname, where.port, timeout=60)
            status, headers, body = ask(connection, *request)
        except (http.client.HTTPException, OSError) as failure:
            connection.close()
            connection = None
            try:  # a kept connection may have been closed after a refusal; only a fresh one that fails counts
                connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
                status, headers, body = ask(connection, *request)
            except (http.client.HTTPException, OSError):
                connection.close()
                connection = None
                wrong.append(f"request {number}: {request[0]} {request[1][:300]}: no answer, {failure!r}")
                continue
        if headers.get("Connection", "").lower() == "close":
            connection.close()
            connection = None
        statuses[status] = statuses.get(status, 0) + 1
        problem = verdict(template, status, headers, body)
        if problem:
            wrong.append(f"request {number}: {request[0]} {request[1][:300]} {request[2]}: {problem}: {body[:200]!r}")
    return statuses, wrong


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=20261122)
    options.add_argument("--requests", type=int, default=4000)
    options = options.parse_args()
    checks, live = Checks("fuzz"), Recording()
    for folder in (live.folder, live.store, os.path.join(live.store, "ray")):
        parent = os.path.dirname(folder)
        if parent.startswith(live.folder):
            with open(os.path.join(parent, "secret.txt"), "w", encoding="utf-8") as secret:
                secret.write(PLANTED)
    os.symlink(os.path.join(live.folder, "secret.txt"), os.path.join(live.store, "ray", "link.txt"))

    def fuzz(base):
        statuses, wrong = run(base, live, options.seed, options.requests)
        assert statuses.get(200, 0) > options.requests / 20, f"hardly anything was answered: {statuses}"
        assert not wrong, f"{len(wrong)} wrong answers with seed {options.seed}, first ones:\n      " + "\n      ".join(wrong[:15])
        return f"{sum(statuses.values())} answers: {json.dumps(dict(sorted(statuses.items())))}"

    try:
        with live.serve() as server:
            base = session_base(server.url)
            checks.check(f"{options.requests} odd requests: no 5xx, no stack trace, nothing from outside (seed {options.seed})", lambda: fuzz(base))
            checks.check("what must not happen would be found", verdict_finds)
            checks.check("the server still answers", lambda: alive(ask(
                http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=60), "GET", urllib.parse.urlsplit(base).path + "/api/v0/nodes", {})[0]))
            checks.check("no unexpected failure was logged", lambda: quiet(server))
    finally:
        live.close()
    return checks.finish()


def alive(status):
    assert status == 200, status


def quiet(server):
    loud = [line for line in server.output if " SEVERE " in line or "Exception" in line]
    assert not loud, f"{len(loud)} lines, such as {loud[0]}"


if __name__ == "__main__":
    sys.exit(main())
